"""The thank-you letter: short, traced, and nothing in it that was not said."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from dictate.errors import InputError
from dictate.review import letters
from dictate.review.letter import TONES, drafts, placeholders
from dictate.store import Store
from tests.store.telling import NORTHWIND, day, debrief

HETTON = """
    [X] That was Hetton Bakeries with Colin and Aisha.
    [K1] I asked how they do on call.
    [L1] It is one week in six.
    [L] Aisha said they've got five lines down there.
    [L] It's forty-one thousand with the shift allowance on top.
    [O] What I never said was I did the robot cell install at Nissan, and that's all Siemens gear. It was right there.
    [U] I'll send the certificate tonight. They'll ring either way before the weekend.
"""


def test_a_letter_to_each_interviewer(store: Store) -> None:
    store.add(debrief(HETTON, company="Hetton", role="electrician", interviewers=("Colin Marr", "Aisha")))
    colin, aisha = drafts(store.show(1))
    assert colin.text == (
        "Dear Colin Marr,\n\n"
        "Thank you for talking with me about the electrician role at Hetton. "
        "Thank you for answering my question about how you do on call. "
        "I did not get to say that I did the robot cell install at Nissan. "
        "I will send you the certificate. "
        "I look forward to hearing about the next step before the weekend. "
        "Thank you again for your time.\n\n"
        "Kind regards,\n[your name]"
    )
    assert "I learned from our talk that you've got five lines down there." in aisha.text
    assert colin.to == "Colin Marr"


def test_a_promise_is_in_the_letter_of_whom_it_was_made_to(store: Store) -> None:
    told = """
        [O] I never told Will that I ran the Kafka migration.
        [U] Will wants three references by Friday. I promised Sarah the Kafka write-up.
        [U] They will ring me on Friday either way.
    """
    store.add(debrief(told, interviewers=("Sarah Lind", "Will Brown")))
    sarah, will = ([one.text for one in draft.sentences[1:-1]] for draft in drafts(store.show(1)))
    to_come = "I look forward to hearing about the next step on Friday."
    assert sarah == ["I promised you the Kafka write-up.", to_come]
    assert will == [
        '[placeholder to reword: "I never told Will that I ran the Kafka migration."]',
        "I have noted that you would like three references by Friday.",
        to_come,
    ]


def test_he_is_whom_the_note_says(store: Store) -> None:
    told = """
        [U] I promised him the slides.
        [U] Tom was nice. I'll send him the deck.
    """
    store.add(debrief(told, interviewers=("Tom", "Ann")))
    tom, ann = ([one.text for one in draft.sentences[1:-1]] for draft in drafts(store.show(1)))
    assert (tom, ann) == (["I will send you the deck."], [])


def test_every_sentence_knows_its_notes_and_their_moment(store: Store) -> None:
    store.add(debrief(HETTON, company="Hetton"))
    (draft,) = drafts(store.show(1), "formal")
    notes = {note["id"]: note for note in store.show(1)["notes"]}
    kinds = [[notes[note]["kind"] for note in one.note_ids] for one in draft.sentences]
    assert kinds == [[], ["learned"], ["omission"], ["followup"], ["followup"], []]
    for one in draft.sentences:
        assert one.start_s == (notes[one.note_ids[0]]["start_s"] if one.note_ids else None)
    assert draft.to is None
    assert draft.text.startswith("Dear Hetton team,\n")


def test_what_cannot_be_turned_is_quoted(store: Store) -> None:
    told = """
        [O] He handed it to me on a "plate" and I [just] sat there thinking of the bus and the rain.
        [L] in a tent.
        [U] I owe Katarzyna a yes or no.
    """
    store.add(debrief(told, company=None, role=None))
    (draft,) = drafts(store.show(1))
    assert [one.text for one in draft.sentences] == [
        "Thank you for talking with me about the role.",
        '[placeholder to reword: "in a tent."]',
        "[placeholder to reword: \"He handed it to me on a 'plate' and I (just) sat ...\"]",
        '[placeholder to reword: "I owe Katarzyna a yes or no."]',
        "Thank you again for your time.",
    ]
    assert placeholders(draft.text) == 3
    assert draft.text.startswith("Dear hiring team,")


def test_a_step_that_makes_no_sentence_is_said_in_general(store: Store) -> None:
    told = """
        [L] in a tent.
        [O] I never said that I run the spreadsheet group.
        [U] and i've to find my HCPC card and scan the back.
        [U] Denise said the panel has to vote and somebody phones.
    """
    store.add(debrief(told, company=None, role=None))
    (draft,) = drafts(store.show(1))
    assert [one.text for one in draft.sentences][1:-1] == [
        "I did not get to say that I run the spreadsheet group.",
        "I will send you what you are still to have from me.",
        "I look forward to hearing about the next step.",
    ]


def test_without_notes_it_only_thanks(store: Store) -> None:
    store.add(debrief("[L] The pay is twelve sixty an hour.", role="welder job"))
    (draft,) = drafts(store.show(1), "warm")
    assert [one.text for one in draft.sentences] == [
        "Thank you so much for talking with me about the welder job at Northwind.",
        "Thank you again for your time.",
    ]


@pytest.mark.parametrize("tone", TONES)
def test_it_is_under_120_words_whatever_the_names(store: Store, tone: str) -> None:
    long = " ".join(["very"] * 60)
    store.add(debrief(HETTON, company=long, role=long, interviewers=(f"Ann {long}", "Bo " * 150)))
    store.add(debrief(HETTON + "[O] word", company="word " * 40))
    for interview in (1, 2):
        for draft in drafts(store.show(interview), tone):  # type: ignore[arg-type]
            assert draft.words < 120


def test_edited_letters_are_kept_and_keep_their_trace(store: Store, database: Path) -> None:
    store.add(debrief(HETTON, interviewers=("Colin", "Aisha")))
    draft = letters.thank_you(store, 1)["letters"][0]
    store.reword_letter(1, "Colin", draft["text"].replace("I will send you the certificate.", "The card is enclosed."))
    store.mark_sent(1, ["Colin"])
    with Store.open(database, read_only=True) as again:
        found = letters.thank_you(again, 1)
    colin, aisha = found["letters"]
    assert "The card is enclosed." in colin["text"]
    assert [one["text"] for one in colin["sentences"]] == [
        one["text"] for one in draft["sentences"] if "certificate" not in one["text"]
    ]
    assert (colin["edited"], aisha["edited"]) == (True, False)
    assert colin["sent_at"]
    assert aisha["sent_at"] is found["sent_at"] is None
    store.mark_sent(1, ["Aisha", "Colin"])
    after = letters.thank_you(store, 1)
    assert after["sent_at"] == after["letters"][1]["sent_at"]
    assert after["letters"][0]["sent_at"] == colin["sent_at"]
    store.reword_letter(1, "Colin", None)
    assert letters.thank_you(store, 1)["letters"][0]["text"] == draft["text"]


def test_one_letter_by_a_part_of_the_name(store: Store) -> None:
    store.add(debrief(HETTON, interviewers=("Colin", "Aisha")))
    (only,) = letters.thank_you(store, 1, to="aish")["letters"]
    assert only["to"] == "Aisha"
    with pytest.raises(InputError, match="no interviewer 'Bo' in interview 1: it was with Colin, Aisha"):
        letters.thank_you(store, 1, to="Bo")


def test_a_mail_message_has_no_address(store: Store) -> None:
    store.add(debrief(NORTHWIND, company="Nörth\nBcc: a@b.c", role="data engineer", held_at=day(1)))
    (letter,) = letters.thank_you(store, 1)["letters"]
    mail = message_from_bytes(letters.message(letter, store.show(1)), policy=default)
    assert mail["Subject"] == "Thank you: data engineer at Nörth Bcc: a@b.c"
    assert {mail["To"], mail["From"], mail["Bcc"]} == {None}
    assert mail.get_content().strip() == letter["text"]
    assert "the résumé project with Kafka" in mail.get_content()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    letters.write(tmp_path / "a.eml", b"whole")
    assert (tmp_path / "a.eml").read_bytes() == b"whole"
    with pytest.raises(InputError, match=r"cannot write .*no/a.eml: No such file or directory; name another place"):
        letters.write(tmp_path / "no" / "a.eml", b"whole")
    assert [file.name for file in tmp_path.iterdir()] == ["a.eml"]
