"""Names of people and companies out of a report: the same name has the same stand-in everywhere in it.

Names are what the facts of the interviews hold, and what looks like a name in the notes: given names, who said
something, what stands at a company's place, and any other word written large inside a sentence that is not known to
tell on nobody. So it takes away too much rather than too little; a name that speech recognition wrote as common words
in small letters stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, cast
from unicodedata import combining, normalize

from dictate.review.plan import is_common
from dictate.review.report.contents import Client, Contents
from dictate.review.report.names import (
    AMBIGUOUS,
    BEFORE,
    COMPANY_ENDS,
    GENERAL,
    GIVEN,
    KNOWN,
    SAID,
    TITLES,
)

Sort = Literal["Person", "Company", "Name"]

_PLAIN = frozenset(
    "kind outcome state made_at held_at due done_at day month felt recorded_at".split()
)  # keys, not names
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LARGE = r"[A-ZÀ-ÖØ-Þ][\w&'’-]*"
_REACH = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|(?<![\w.])\+?\d[\d ()-]{8,}\d\b")
_AT_COMPANY = re.compile(
    rf"\b(?:at|for|from|join(?:ed|ing)?|left|leav(?:e|ing)) (?P<name>{_LARGE}(?: (?:(?:and|of|&) )?{_LARGE})*)"
)
_COMPANY = re.compile(rf"\b(?P<name>{_LARGE}(?: (?:(?:and|of|&) )?{_LARGE})*)")
_PERSON = re.compile(
    rf"\b(?:(?i:{'|'.join(sorted(TITLES))})\.? (?P<titled>{_LARGE}(?: {_LARGE})?)"
    rf"|(?P<said>{_LARGE}) (?:{'|'.join(SAID)})\b)"
)
_OWN = re.compile(r"['’]s?\Z")  # whose it is, after a name
_SENTENCE = re.compile(r"(?:\A|[.!?:;\"“”…]\s+|[-–—]\s+)\W*\Z")


class Redactor:
    """Stand-ins for names, counted in the order in which names are first learned."""

    def __init__(self) -> None:
        self._stand_ins: dict[str, str] = {}  # by words in small letters
        self._counts: dict[Sort, int] = {"Person": 0, "Company": 0, "Name": 0}
        self._initials: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def person(self, name: str) -> None:
        """A person by the whole name, any part of it, and its initials."""
        words = [word for word in _WORD.findall(name) if word.casefold() not in TITLES]
        if not words:
            return
        stand_in = self._learn(" ".join(words), "Person")
        for word in words:
            if len(word) > 1:
                self._also(word, stand_in)
        self._also(name, stand_in)
        self._initial(words, stand_in)

    def company(self, name: str) -> None:
        """A company by the whole name, its first word or two where these are its own, and its initials."""
        words = _WORD.findall(name)
        if not words:
            return
        stand_in = self._learn(" ".join(words), "Company")
        self._also(name, stand_in)
        for end in range(1, len(words)):
            if words[end].casefold() in COMPANY_ENDS or end > 1:
                self._also(" ".join(words[:end]), stand_in)
        first = words[0]
        if len(first) > 2 and first.casefold() not in GENERAL | COMPANY_ENDS and not is_common(first):
            self._also(first, stand_in)
        self._initial(words, stand_in)

    def look_through(self, texts: Sequence[str]) -> None:
        """Learn what looks like a name in notes."""
        small = {word for text in texts for word in re.findall(r"(?<![\w'’-])[a-z][a-z'’-]*", text)}
        for text in texts:
            for sort, found in _suspects(text, small):
                name = " ".join(_OWN.sub("", word) for word in found.split())
                parts = [part for part in name.split() if part.casefold() not in KNOWN | COMPANY_ENDS]
                if not parts or all(self._is_known(part) for part in parts):
                    continue
                if sort == "Company":
                    self.company(name)
                elif sort == "Person":
                    self.person(name)
                else:
                    self._learn(name, "Name")

    def _is_known(self, word: str) -> bool:
        return word in self._initials or _key(word) in self._stand_ins

    def redact(self, text: str) -> str:
        """The text with a stand-in for every name in it."""
        text = _REACH.sub("[address]", text)
        return self._compiled().sub(lambda found: self._stand_in(found, text), text)

    def _learn(self, name: str, sort: Sort) -> str:
        key = _key(name)
        if key not in self._stand_ins:
            parts = [self._stand_ins.get(part) for part in key.split()]
            known = next((part for part in parts if part and part.startswith(sort)), None)
            self._stand_ins[key] = known or self._new(sort)
            self._pattern = None
        return self._stand_ins[key]

    def _new(self, sort: Sort) -> str:
        self._counts[sort] += 1
        number = self._counts[sort]
        return f"{sort} {_letters(number) if sort == 'Company' else number}"

    def _also(self, name: str, stand_in: str) -> None:
        """Another way to write it: also without accents, and with the other word for and."""
        key = _key(name)
        plain = "".join(letter for letter in normalize("NFKD", key) if not combining(letter))
        for way in {key, plain, key.replace(" & ", " and "), key.replace(" and ", " & ")}:
            if way and way not in self._stand_ins:
                self._stand_ins[way] = stand_in
                self._pattern = None

    def _initial(self, words: Sequence[str], stand_in: str) -> None:
        letters = "".join(word[0] for word in words).upper()
        if len(letters) > 1 and letters.casefold() not in KNOWN:
            self._initials.setdefault(letters, stand_in)
            self._pattern = None

    def _compiled(self) -> re.Pattern[str]:
        if self._pattern is None:
            longest_first = sorted(self._stand_ins, key=len, reverse=True)
            names = [r"\s+".join(map(re.escape, name.split())).replace("'", "['’]") for name in longest_first]
            initials = [r"\.?\s?".join(letters) + r"\.?" for letters in sorted(self._initials, key=len, reverse=True)]
            name = "|".join(names) or r"(?!)"
            initial = "|".join(initials) or r"(?!)"
            self._pattern = re.compile(
                rf"(?<!\w)(?:(?:[B-HJ-Z]\.? )?(?P<name>(?i:{name}))(?P<rest>s?['’]s|['’](?!\w))?"
                rf"(?: [A-Z]\.?(?=\W|$)(?!['’]))?|(?P<initials>{initial}))(?!\w)"
            )
        return self._pattern

    def _stand_in(self, found: re.Match[str], text: str) -> str:
        if found["initials"]:
            return self._initials[re.sub(r"\W", "", found["initials"])]
        words = found["name"]
        key = _key(words)
        stand_in = self._stand_ins[key]
        begins = bool(_SENTENCE.search(text[: found.start()]))
        doubtful = (words.islower() and key in AMBIGUOUS) or (is_common(key) and (words.islower() or begins))
        if doubtful and not _beside_names(found, text):
            return found[0]
        if words.islower() and stand_in.startswith("Name"):
            return found[0]  # what was only written large is an ordinary word here
        rest = found["rest"] or ""
        return stand_in + ("’s" if rest else "")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold().replace("’", "'")


def redacted(contents: Contents, names: Iterable[tuple[str | None, Iterable[str]]]) -> Contents:
    """A report with stand-ins; ``names`` are companies and interviewers of all interviews, also of those not in it."""
    redactor = Redactor()
    for company, interviewers in names:
        if company:
            redactor.company(company)
        for interviewer in interviewers:
            redactor.person(interviewer)
    redactor.look_through([*_texts(contents["clients"])])
    clients = [_client(one, number, redactor) for number, one in enumerate(contents["clients"], start=1)]
    return {**contents, "redacted": True, "clients": clients}


def _client(client: Client, number: int, redactor: Redactor) -> Client:
    return {**cast(Client, _replaced(client, redactor)), "name": f"Client {number}"}


def _replaced(value: Any, redactor: Redactor) -> Any:
    """Every string in it, but those that are no words of anybody."""
    if isinstance(value, str):
        return redactor.redact(value)
    if isinstance(value, dict):
        return {key: one if key in _PLAIN else _replaced(one, redactor) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, redactor) for one in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "text" and isinstance(one, str):
                yield one
            else:
                yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _suspects(text: str, small: set[str]) -> Iterator[tuple[Sort, str]]:
    """What looks like a name, the surest first; ``small`` are words that come in small letters somewhere."""
    for found in _PERSON.finditer(text):
        name = found["titled"] or found["said"]
        if name.casefold() not in COMPANY_ENDS and _is_name(name.split()[0], text, found.start(), small):
            yield "Person", name
    for found in _COMPANY.finditer(text):
        words = found["name"].split()
        if len(words) > 1 and words[-1].casefold() in COMPANY_ENDS:
            inside = words if _is_name(words[0], text, found.start(), small) else words[1:]
            if len(inside) > 1:
                yield "Company", " ".join(inside)
    for found in _AT_COMPANY.finditer(text):
        first = found["name"].split()[0]
        if first.casefold() not in KNOWN | GIVEN and not is_common(first):
            yield "Company", found["name"]
    for word in _WORD.finditer(text):
        key = re.sub(r"['’]s\Z", "", word[0])
        if (
            key.casefold() in GIVEN
            and (key[0].isupper() or key not in AMBIGUOUS)
            and _is_name(key, text, word.start(), small)
        ):
            yield "Person", key
        elif (
            key[0].isupper()
            and key.casefold() not in COMPANY_ENDS
            and _is_name(key, text, word.start(), small)
            and not _begins(text, word.start())
        ):
            yield "Name", key


def _is_name(word: str, text: str, at: int, small: set[str]) -> bool:
    """Whether a word can be one: not known to be none, nor a common word that only begins a sentence."""
    key = word.casefold()
    if key in KNOWN or key in TITLES or len(key) < 2:
        return False
    if key in GIVEN and key not in AMBIGUOUS:
        return True
    if _begins(text, at):
        return _tells(key, small)
    return not is_common(key)


def _tells(key: str, small: set[str]) -> bool:
    return key not in small and not is_common(key) and not key.endswith(("ing", "ed", "ly", "body", "one", "thing"))


def _begins(text: str, at: int) -> bool:
    return bool(_SENTENCE.search(text[:at]))


def _beside_names(found: re.Match[str], text: str) -> bool:
    before = re.search(r"(\w+)\W*\Z", text[: found.start()])
    after = re.match(r"\W*(\w+)", text[found.end("name") :])
    return (
        bool(found["rest"])
        or bool(before and before[1].casefold() in BEFORE)
        or bool(
            after
            and after[1].casefold() in SAID
            and after[1].casefold() not in ("is", "was", "had", "did", "put", "got")
        )
    )


def _letters(number: int) -> str:
    """A, B ... Z, AA, AB ..."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
