"""Measure the shipped segmenter, and settle what is settled by measuring: the decoding's weights.

    python -m models.segmenter.evaluate [--tune] [--dev FOLDER [--heard FOLDER]]

``--tune`` chooses the weights of the decoding and the temperature of confidence on what is held out, and writes
them into the shipped files. Figures go to ``scores.json`` with the hash of the model that they speak of.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dictate.segment.components import SpanReader, SpanTagger
from dictate.segment.pipeline import Segmenter
from models.segmenter.corpus import CORPUS, Debrief, load, split
from models.segmenter.score import Tally, score

HERE = Path(__file__).parent
TRAINED = HERE / "trained"
SCORES = HERE / "scores.json"
CARD = HERE / "README.md"
BEGIN, END = "<!-- figures, by evaluate.py -->\n", "<!-- end of figures -->\n"
DECODING = TRAINED / "dictate_spans" / "decoding.json"
READING = TRAINED / "dictate_structure" / "reading.json"


def fingerprint(trained: Path = TRAINED) -> str:
    """SHA-256 over the names and bytes of a trained pipeline's files."""
    digest = hashlib.sha256()
    for path in sorted(p for p in trained.rglob("*") if p.is_file()):
        digest.update(path.relative_to(trained).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def measure(segmenter: Segmenter, debriefs: Sequence[Debrief], heard: Sequence[Debrief] | None = None) -> Tally:
    """Figures over the words of labelled debriefs, read as written, or in the words that Whisper heard of them."""
    found = segmenter.segment_many(debrief.text for debrief in heard or debriefs)
    return score((debrief.spans, one.spans) for debrief, one in zip(debriefs, found, strict=True))


def sample(held_out: Sequence[Debrief]) -> Sequence[Debrief]:
    """A fifth of what is held out: few enough to be measured in every run of the tests."""
    return held_out[::5]


def tune(segmenter: Segmenter, debriefs: Sequence[Debrief]) -> tuple[dict[str, float], dict[str, float]]:
    """Settings of the two components: the decoding's weights with the best macro and boundary F1, then the best
    calibrated temperature; and the bound of difficulty with the best F1."""
    tagger: SpanTagger = segmenter.nlp.get_pipe("dictate_spans")
    reader: SpanReader = segmenter.nlp.get_pipe("dictate_structure")
    read = tagger.read_words([debrief.text.split() for debrief in debriefs])
    tagger.read_words = lambda texts: read  # type: ignore[method-assign]  # the words are read once for all trials
    docs = [segmenter.nlp.make_doc(debrief.text) for debrief in debriefs]

    def figures(*, structure: bool = False) -> dict[str, float]:
        tagger.set_annotations(docs, tagger.predict(docs))
        if structure:
            reader.set_annotations(docs, reader.predict(docs))
        spans = [segmenter.read_notes(doc) for doc in docs]
        return score((d.spans, s) for d, s in zip(debriefs, spans, strict=True)).figures()

    def value(trial: tuple[float, float]) -> float:
        kind, begin = trial
        tagger.decoding = replace(tagger.decoding, kind_weight=kind * learnt, begin_bias=begin)
        told = figures()
        return told["macro"] + told["boundary"]

    learnt = tagger.decoding.kind_weight
    kind, begin = max(itertools.product((0.7, 0.85, 1.0, 1.2, 1.5), (-0.6, -0.3, 0.0, 0.3, 0.6)), key=value)
    tagger.decoding = replace(tagger.decoding, kind_weight=kind * learnt, begin_bias=begin)

    def error(temperature: float) -> float:
        tagger.temperature = temperature
        return figures()["calibration error"]

    temperature = min((0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0), key=error)

    def found(difficult_from: float) -> float:
        reader.difficult_from = difficult_from
        return figures(structure=True)["difficult"]

    difficult_from = max((-2.5, -2.0, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25), key=found)
    return (
        {"kind_weight": kind * learnt, "begin_bias": begin, "temperature": temperature},
        {"difficult_from": difficult_from},
    )


def report(tally: Tally) -> dict[str, Any]:
    confused = [[gold, found, n] for (gold, found), n in tally.confused.most_common(15)]
    return {"figures": {k: round(v, 3) for k, v in tally.figures().items()}, "most confused": confused}


def tables(scores: dict[str, Any]) -> str:
    """The figures as Markdown, a column for each set, and for each set what is most often taken for what."""
    told = {name: part for name, part in scores.items() if isinstance(part, dict) and "figures" in part}
    rows = [["figure", *told], ["---"] * (1 + len(told))]
    for figure in next(iter(told.values()))["figures"]:
        rows.append([figure, *(f"{part['figures'][figure]:.3f}" for part in told.values())])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    for name, part in told.items():
        pairs = ", ".join(f"{gold} taken for {found} {words}" for gold, found, words in part["most confused"])
        lines += ["", f"Words most confused, {name}: {pairs}."]
    return "\n" + "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dev", type=Path, help="a folder of labelled debriefs that nothing was learnt from")
    parser.add_argument("--heard", type=Path, help="what models.segmenter.spoken made of that folder")
    parser.add_argument("--tune", action="store_true", help="choose the decoding's weights on what is held out")
    options = parser.parse_args()
    _, test = split(load(CORPUS))
    if options.tune:
        for path, settings in zip((DECODING, READING), tune(Segmenter(TRAINED), test), strict=True):
            path.write_text(json.dumps(json.loads(path.read_text()) | settings) + "\n")
    segmenter = Segmenter(TRAINED)
    scores: dict[str, Any] = {"model": fingerprint(), "held out": report(measure(segmenter, test))}
    scores["sample"] = measure(segmenter, sample(test)).figures()
    if options.dev:
        dev = load(options.dev)
        scores["dev"] = report(measure(segmenter, dev))
        if options.heard:
            heard = {debrief.name: debrief for debrief in load(options.heard)}
            there = [debrief for debrief in dev if debrief.name in heard]
            scores["dev as heard by Whisper base"] = report(measure(segmenter, there, [heard[d.name] for d in there]))
    SCORES.write_text(json.dumps(scores, indent=1) + "\n")
    before, _, rest = CARD.read_text(encoding="utf-8").partition(BEGIN)
    CARD.write_text(before + BEGIN + tables(scores) + END + rest.partition(END)[2], encoding="utf-8")
    print(tables(scores))


if __name__ == "__main__":
    main()
