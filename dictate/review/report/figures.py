"""The charts of a client, each with the table of its figures and the notes behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from dictate.records import OUTCOMES
from dictate.review.report import charts
from dictate.review.report.charts import Row, Series
from dictate.review.report.contents import Asked, Client
from dictate.review.report.markup import Markup, el, join
from dictate.review.themes import Theme

EACH = 24  # interviews that get a column each; more are counted by month
THEMES = 8

ASKED = (Series("not difficult", "plain"), Series("difficult", "hard"))
FELT = (Series("good", "good"), Series("neither", "mixed"), Series("bad", "bad"))
ONE = (Series("interviews", "plain"),)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

Links = Callable[[Sequence[int]], Markup]  # note ids to links to them


def figures(client: Client, links: Links, to_interviews: Links) -> list[Markup]:
    """Those charts for which there is anything to draw."""
    found = [
        _asked(client["asked"], links),
        _felt(client, links),
        _rated(client, links),
        _outcomes(client, to_interviews),
        _recurring(client, links),
        _themes("Concerns that come back", client["review"]["concerns"], links),
        _themes("Strengths that come back", client["review"]["strengths"], links),
    ]
    return [one for one in found if one is not None]


def _asked(asked: Sequence[Asked], links: Links) -> Markup | None:
    told = [one for one in asked if one["questions"] and one["day"]]
    if not told:
        return None
    grouped: dict[str, list[Asked]] = defaultdict(list)
    for one in told:
        grouped[one["day"][:7] if len(told) > EACH else f"{one['day']} {one['interview_id']:09}"].append(one)
    rows, table = [], []
    for moment, some in sorted(grouped.items()):
        questions, difficult = sum(one["questions"] for one in some), sum(one["difficult"] for one in some)
        rows.append(Row(_short(moment), (questions - difficult, difficult)))
        name = moment if len(told) > EACH else " · ".join(filter(None, (moment[:10], some[0]["company"])))
        notes = [note for one in some for note in one["note_ids"]]
        table.append((name, [questions, difficult], links(notes)))
    name = "Questions, and how many of them were difficult"
    drawn = charts.columns(name, _span(told[0]["day"], told[-1]["day"], len(rows)), ASKED, rows)
    return _figure(name, drawn, ASKED, ("When", "Questions", "Difficult", "Notes"), table)


def _felt(client: Client, links: Links) -> Markup | None:
    months = client["review"]["moods"]["months"]
    if not months:
        return None
    rows = [Row(_short(one["month"]), (one["good"], one["mixed"], one["bad"])) for one in months]
    table = [(one["month"], [one["good"], one["mixed"], one["bad"]], links(one["note_ids"])) for one in months]
    name = "How interviews felt, by the words used"
    drawn = charts.columns(name, _span(months[0]["month"], months[-1]["month"], len(rows)), FELT, rows)
    return _figure(name, drawn, FELT, ("Month", "Good", "Neither", "Bad", "Notes"), table)


def _rated(client: Client, links: Links) -> Markup | None:
    ratings = client["review"]["moods"]["ratings"]
    if len(ratings) < 2:
        return None
    rows = [Row(_short(one["day"]), (one["rating"],)) for one in ratings]
    table = [(one["day"], [one["rating"]], links([one["note_id"]])) for one in ratings]
    name = "Ratings that were spoken, out of ten"
    drawn = charts.dots(name, _span(ratings[0]["day"], ratings[-1]["day"], len(rows)), rows, 10)
    return _figure(name, drawn, (), ("Day", "Rating", "Note"), table)


def _outcomes(client: Client, to_interviews: Links) -> Markup | None:
    counts = client["review"]["base"]["outcomes"]
    if not counts:
        return None
    known = [(outcome, counts[outcome]) for outcome in (*OUTCOMES, "unknown") if counts.get(outcome)]
    names = {"unknown": "no outcome noted"}
    of_outcome: dict[str, list[int]] = defaultdict(list)
    for one in client["asked"]:
        of_outcome[one["outcome"] or "unknown"].append(one["interview_id"])
    rows = [Row(names.get(outcome, outcome), (count,)) for outcome, count in known]
    table = [(names.get(outcome, outcome), [count], to_interviews(of_outcome[outcome])) for outcome, count in known]
    name = "What became of the interviews"
    return _figure(
        name, charts.bars(name, "Interviews by outcome", ONE, rows), (), ("Outcome", "Interviews", "Which"), table
    )


def _recurring(client: Client, links: Links) -> Markup | None:
    questions = client["review"]["questions"]
    if not questions:
        return None
    rows = [Row(one["name"], (one["interviews"] - one["difficult"], one["difficult"])) for one in questions]
    table = [
        (one["name"], [one["interviews"], one["difficult"]], links([given["note_id"] for given in one["given"]]))
        for one in questions
    ]
    name = "Questions that come again"
    drawn = charts.bars(name, "In how many interviews, difficult in how many of them", ASKED, rows)
    return _figure(name, drawn, ASKED, ("Question", "Interviews", "Difficult", "Notes"), table)


def _themes(name: str, themes: Sequence[Theme], links: Links) -> Markup | None:
    some = themes[:THEMES]
    if not some:
        return None
    rows = [Row(one["name"], (one["times"],)) for one in some]
    table = [(one["name"], [one["times"]], links(one["note_ids"])) for one in some]
    drawn = charts.bars(name, "In how many interviews", ONE, rows)
    return _figure(name, drawn, (), ("What", "Interviews", "Notes"), table)


def _figure(
    name: str,
    drawn: Markup,
    series: Sequence[Series],
    titles: Sequence[str],
    table: Sequence[tuple[str, Sequence[float], Markup]],
) -> Markup:
    """A chart with its key and, folded beneath it, its figures; the last column holds the notes."""
    head = el("tr", *(el("th", title, scope="col", class_=_class(place, titles)) for place, title in enumerate(titles)))
    rows = [
        el(
            "tr",
            el("th", first, scope="row"),
            *(el("td", f"{value:g}", class_="number") for value in values),
            el("td", last),
        )
        for first, values, last in table
    ]
    told = el(
        "details",
        el("summary", "The figures, and the notes behind them"),
        el("table", el("caption", name, class_="quiet"), el("thead", head), el("tbody", *rows)),
    )
    return el("figure", el("figcaption", name), _key(series), drawn, told)


def _class(place: int, titles: Sequence[str]) -> str | None:
    return "number" if 0 < place < len(titles) - 1 else None


def _key(series: Sequence[Series]) -> Markup | None:
    if not series:
        return None
    return el("ul", *_swatches(series), class_="key")


def _swatches(series: Sequence[Series]) -> Iterator[Markup]:
    for one in series:
        swatch = el("rect", width=10, height=10, class_=one.style)
        yield el("li", el("svg", swatch, viewbox="0 0 10 10", aria_hidden="true"), one.name)


def _short(moment: str) -> str:
    """A day as "12 Mar", a month as "Mar 26"."""
    year, month, *day = moment[:10].split("-")
    name = MONTHS[int(month) - 1]
    return f"{date.fromisoformat(moment[:10]).day} {name}" if day else f"{name} {year[2:]}"


def _span(first: str, last: str, count: int) -> str:
    return f"{first} to {last}, {count} column{'s' * (count != 1)}"


def listed(items: Sequence[Markup], *, ordered: bool = False) -> Markup:
    return el("ol" if ordered else "ul", *(el("li", item) for item in items)) if items else join()
