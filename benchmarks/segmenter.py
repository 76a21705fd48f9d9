"""How fast the segmenter labels: words a second once loaded, and seconds from a cold start to the first labels.

python -m benchmarks.segmenter
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time

from dictate.segment.pipeline import Segmenter
from models.segmenter.corpus import CORPUS, load

COLD = """
import time
began = time.perf_counter()
from dictate.segment.pipeline import Segmenter
Segmenter().segment({text!r})
print(time.perf_counter() - began)
"""


def words_a_second(texts: list[str], rounds: int = 3) -> float:
    """Median over rounds of all texts together, as an import of a batch labels them."""
    segmenter = Segmenter()
    rates = []
    for _ in range(rounds):
        began = time.perf_counter()
        list(segmenter.segment_many(texts))
        rates.append(sum(len(text.split()) for text in texts) / (time.perf_counter() - began))
    return statistics.median(rates)


def cold_start_s(text: str, rounds: int = 5) -> float:
    """Median seconds in a fresh process, `import spacy` included, to the labels of one debrief."""
    command = [sys.executable, "-c", COLD.format(text=text)]
    return statistics.median(float(subprocess.check_output(command)) for _ in range(rounds))


def main() -> None:
    texts = [debrief.text for debrief in load(CORPUS)[::40]]
    print(f"words a second   {words_a_second(texts):8.0f}")
    print(f"cold start       {cold_start_s(texts[0]):8.2f} s")
    print(f"peak memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
