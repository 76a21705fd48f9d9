"""The page: a section for each client, with charts, what stands behind them, and the notes. Pure: contents to HTML."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from dictate.review.outline import SECTIONS, Exchange, exchanges, loose, of_kind
from dictate.review.recurring import Given, Recurring
from dictate.review.report.contents import Client, Contents, Told
from dictate.review.report.figures import figures, listed
from dictate.review.report.markup import Markup, between, el, join
from dictate.review.report.style import STYLE
from dictate.store import NoteShown

NOTES = 40  # links in one cell; more are counted


def as_html(contents: Contents) -> str:
    """The whole file; a browser that obeys its policy can fetch nothing and run nothing."""
    clients = contents["clients"]
    sections = [_client(one, number, alone=len(clients) == 1) for number, one in enumerate(clients, start=1)]
    title = "Interviews" if len(clients) == 1 else f"Interviews of {len(clients)} people"
    redacted = " Names of people and companies are replaced." if contents["redacted"] else ""
    made = f"Made by dictate on {contents['made_at'][:10]} from notes alone; every number leads to the notes behind it."
    body = el(
        "body",
        el("header", el("h1", title), el("p", made + redacted, class_="quiet"), _contents(clients)),
        el("main", *sections),
    )
    return f"<!doctype html>\n{el('html', _head(title), body, lang='en')}\n"


def _head(title: str) -> Markup:
    style = Markup(STYLE)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="robots", content="noindex"),
        el("title", title),
        el("link", rel="icon", href="data:,"),
        el("style", style),
    )


def _contents(clients: Sequence[Client]) -> Markup | None:
    if len(clients) == 1:
        return None
    links = [el("a", one["name"], href=f"#client-{number}") for number, one in enumerate(clients, start=1)]
    return el("nav", listed(links), aria_label="Clients")


def _client(client: Client, number: int, *, alone: bool) -> Markup:
    known = {note["id"] for interview in client["interviews"] for note in interview["notes"]}
    interviews = {interview["id"] for interview in client["interviews"]}
    links = _linker(known, f"note-{number}-", "note")
    to_interviews = _linker(interviews, f"interview-{number}-", "interview")
    return el(
        "section",
        el("h2", "Overview" if alone else client["name"], id=f"client-{number}"),
        *(_overview(client, links, to_interviews) if client["review"]["enough"] else [_too_little(client)]),
        *_plans(client, links),
        *_interviews(client, number),
        class_="client",
    )


def _too_little(client: Client) -> Markup:
    return el("p", f"{client['review']['says']}.")


def _overview(client: Client, links: _Links, to_interviews: _Links) -> Iterator[Markup]:
    review = client["review"]
    yield el("p", f"{review['says']}.")
    yield el("div", *figures(client, links, to_interviews), class_="charts")
    if review["questions"]:
        yield el("h3", "Questions that come again, the difficult ones first")
        for one in review["questions"]:
            yield from _question(one, links)
    if review["moods"]["felt"]:
        yield el("h3", "How it felt, and what became of it")
        yield listed([_says(one["says"], one["note_ids"], links) for one in review["moods"]["felt"]])
        yield listed([_says(one["says"], one["note_ids"], links) for one in review["moods"]["rated"]])
    for title, themes in (
        ("Concerns that come back", review["concerns"]),
        ("Strengths to repeat", review["strengths"]),
    ):
        if themes:
            yield el("h3", title)
            yield listed(
                [_says(f"{one['name']}: in {one['times']} interviews", one["note_ids"], links) for one in themes]
            )
    if review["prepared"]["comparisons"]:
        yield el("h3", "What was prepared, and what was asked")
        yield listed([join(one["says"]) for one in review["prepared"]["comparisons"]])


def _question(one: Recurring, links: _Links) -> Iterator[Markup]:
    yield el("h4", one["name"])
    yield el("p", f"It {one['says']}.")
    yield listed([_given(once, links) for once in one["given"]], ordered=True)


def _given(once: Given, links: _Links) -> Markup:
    about = " · ".join(filter(None, (once["day"], once["company"], once["outcome"])))
    hard = el("span", " difficult", class_="hard-text") if once["difficult"] else None
    answered = " ".join(answer["text"] for answer in once["answers"]) or "no answer is noted"
    notes = [once["note_id"], *(answer["note_id"] for answer in once["answers"])]
    return join(el("span", about, class_="quiet"), hard, el("br"), f"{answered} ", links(notes))


def _says(text: str, notes: Sequence[int], links: _Links) -> Markup:
    return join(f"{text} ", links(notes))


def _plans(client: Client, links: _Links) -> Iterator[Markup]:
    if client["plan"]:
        yield el("h3", "To do better")
        yield listed(
            [
                join(
                    f"{one['text']} ",
                    el("span", _state(one["state"], one["due"]), class_="quiet"),
                    " ",
                    links([one["note_id"]]),
                )
                for one in client["plan"]
            ]
        )


def _state(state: str, due: str | None) -> str:
    return f"({state}, due {due})" if due and state == "open" else f"({state})"


def _interviews(client: Client, number: int) -> Iterator[Markup]:
    if client["interviews"]:
        yield el("h3", "The interviews and their notes")
    if client["left_out"]:
        yield el(
            "p", f"Those of the newest {len(client['interviews'])}; {client['left_out']} older ones are counted alone."
        )
    for interview in client["interviews"]:
        yield from _interview(interview, number)


def _interview(interview: Told, number: int) -> Iterator[Markup]:
    name = " · ".join(filter(None, (interview["day"], interview["company"], interview["role"], interview["round"])))
    yield el("h4", name or f"Interview {interview['id']}", id=f"interview-{number}-{interview['id']}")
    facts = [
        ", ".join(interview["interviewers"]) and f"with {', '.join(interview['interviewers'])}",
        interview["outcome"],
    ]
    if any(facts):
        yield el("p", " · ".join(filter(None, facts)), class_="quiet")
    notes = interview["notes"]

    def note(one: NoteShown, mark: str = "") -> Markup:
        return el("span", mark, one["text"], id=f"note-{number}-{one['id']}")

    yield listed([note(one) for one in of_kind(notes, "context")])
    yield from _exchanges("Questions", exchanges(notes, "question", "answer"), note)
    yield from _section("Other answers", loose(notes, "question", "answer"), note)
    yield from _exchanges("You asked", exchanges(notes, "ask", "learned"), note)
    yield from _section("What they told", loose(notes, "ask", "learned"), note)
    for kind, title in SECTIONS:
        yield from _section(title, of_kind(notes, kind), note)


def _exchanges(title: str, found: Sequence[Exchange], note: Callable[..., Markup]) -> Iterator[Markup]:
    if not found:
        return
    yield el("p", el("strong", title))
    items = []
    for one in found:
        hard = el("span", " difficult", class_="hard-text") if one.difficult else None
        first, *again = one.mentions
        more = [note(other, "again: ") for other in again] + [note(reply) for reply in one.replies]
        items.append(join(el("strong", note(first)), hard, listed(more)))
    yield listed(items, ordered=True)


def _section(title: str, notes: Sequence[NoteShown], note: Callable[..., Markup]) -> Iterator[Markup]:
    if notes:
        yield el("p", el("strong", title))
        yield listed([note(one) for one in notes])


_Links = Callable[[Sequence[int]], Markup]


def _linker(known: set[int], place: str, what: str) -> _Links:
    """Numbers as links to what is on the page; what is not there is a number alone."""

    def links(ids: Sequence[int]) -> Markup:
        some = [
            el("a", str(one), href=f"#{place}{one}", aria_label=f"{what} {one}") if one in known else join(str(one))
            for one in ids[:NOTES]
        ]
        rest = f" and {len(ids) - NOTES} more" if len(ids) > NOTES else ""
        return el("span", "[", between(", ", some), rest, "]", class_="quiet") if ids else join()

    return links
