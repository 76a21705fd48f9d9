"""Spoken notes to letter words: turned where that is faithful, given up where it would be guessing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictate.review import phrases, steps, wording


@pytest.mark.parametrize(
    ("spoken", "tidied"),
    [
        ("and uh so I never mentioned it,", "I never mentioned it"),
        ("i didnt say i've three years of it", "I didn't say I've three years of it"),
        ("Um, well, the team, you know, is six.", "the team, is six."),
        ("Andrea called, and then Tom.", "Andrea called, and then Tom."),
        ("Soon I will send it", "Soon I will send it"),
        ("I speak Tagalog and Spanish", "I speak Tagalog and Spanish"),
    ],
)
def test_fillers_and_leading_joining_words_go_and_nothing_else(spoken: str, tidied: str) -> None:
    assert wording.tidy(spoken) == tidied


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("I never mentioned the résumé project with Kafka.", ("the résumé project with Kafka", False)),
        ("and i never said a word about the welding", ("the welding", False)),
        ("I said nothing about the degree", ("the degree", False)),
        ("i have Level 3 in hygiene, i didn't say, they didn't ask.", ("I have Level 3 in hygiene", True)),
        ("i speak arabic and somali and there was not one box for it", ("I speak Arabic and Somali", True)),
        ("Nobody got to hear about the apprentices, I've put four through", ("the apprentices", False)),
        ("The Passivhaus certificate never came up. It's on page three.", ("the Passivhaus certificate", False)),
        ("I forgot to say I trained twelve junior staff. And it was on the person spec.",
         ("I trained twelve junior staff", True)),
        ("What I never said was I did the robot cell install at Nissan in twenty sixteen, and that's all Siemens gear.",
         ("I did the robot cell install at Nissan in twenty sixteen", True)),
        ("I never told him I know the whole of the Cawdor side, because my uncle had the coal lorry",
         ("I know the whole of the Cawdor side", True)),
        ("My fraud certificate didn't come up. It's on the wall behind me.", ("my fraud certificate", False)),
        ("Nobody asked about the education work and it's on their own brochure.", ("the education work", False)),
        ("It was right there. I should have told them about the design system tokens, because their ad says so.",
         ("the design system tokens", False)),
    ],
)  # fmt: skip
def test_what_was_left_unsaid_is_said_in_the_first_person(spoken: str, said: tuple[str, bool]) -> None:
    assert phrases.omission(spoken) == said


@pytest.mark.parametrize(
    "spoken",
    [
        "I never told him.",  # what?
        "What I never said is that it's mine.",  # what is?
        "I never told her he came down on the Monday and thanked me.",  # who?
        "I didn't say about my asthma. It's light.",  # private
        "I never told them I got sacked.",
        "I didn't tell them I can't do Sundays,",
        "Twelve hundred children in under four minutes.",
        "I never mentioned the MDO. Well, I did, when the manager prompted me.",
        "I left out that we lost three principals. Kept that to myself on purpose.",  # better so
        "I sat there and nodded along.",  # nothing left unsaid
        "I never mentioned the",
        "I never said 'sod it'.",
        "i never said about the show cows i've took three through to shepton",  # which cows, or a new statement?
        "What I never mentioned was the course I dropped out of.",
        "I never said I was the one who broke the server",
        "I never told them about the project that failed",
        "I never told them I was late because of the bus.",
        "I never told them I had been on a warning",
        "I never told them that I have a record.",
        "I never told them I have epilepsy",
        "I never said I found the job boring",
        "I didn't mention I'd been let go",
        "I never told them I have other options",
        "I never mentioned my warning",
        'I never said "we can do that."',
    ],
)
def test_an_omission_that_would_have_to_be_guessed_is_given_up(spoken: str) -> None:
    assert phrases.omission(spoken) is None


@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        ("The team is eight and five are new,", "the team is eight and five are new"),
        ("they use the same system as my last but the old version", "you use the same system as my last"),
        ("and Marc told me that they're opening a second café, so there's more hours coming.",
         "you're opening a second café"),
        ("Fergal explained that their training is six weeks.", "your training is six weeks"),
    ],
)  # fmt: skip
def test_what_they_told_is_told_back_to_them(spoken: str, told: str) -> None:
    assert phrases.learned(spoken) == told


@pytest.mark.parametrize(
    "spoken",
    [
        "It's one week in six.",  # what is?
        "He relocated to Dubai, it seems, with two weeks notice.",
        "and they walk you to your car after dark.",  # two kinds of you
        "the pay is twelve sixty and the nights is one pound more",
        "The last man was there five months.",
        "They looked at each other and said nine.",
        "Dinesh for the first year",
        "He said the office is a dump and they have twenty parcels a day",
        "They are a bit disorganised.",
        "The building is ugly and modern",
        "The training is a shambles",
        "They're using Python mostly, I think",
        "They have probably six engineers in the team",
    ],
)
def test_what_a_letter_had_better_not_say_is_not_said(spoken: str) -> None:
    assert phrases.learned(spoken) is None


def test_a_question_asked_of_them_is_named() -> None:
    assert phrases.asked("I asked how they do on call.") == "how you do on call"
    assert phrases.asked("i asked if they have CAD,") == "whether you have CAD"
    assert phrases.asked("I asked Lorna about the teaching load,") == "the teaching load"
    assert phrases.asked("i asked do i get an assistant,") == "whether I get an assistant"
    assert phrases.asked("i asked about osce training how many weeks they are giving") == "OSCE training"
    assert phrases.asked("i asked would i be teaching the students,") == "whether I would be teaching the students"
    assert phrases.asked("I asked her what happened in March, it was all over the news.") is None
    assert phrases.asked("I asked which deal she'd take back") is None
    assert phrases.asked("I asked what is the pay") is None
    assert phrases.asked("I asked him why he stayed") is None


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("I'll send the corrected deck tonight with one line, no drama.",
         "I will send you the corrected deck with one line."),
        ("and I owe her the names of two supervisors.", "I owe you the names of two supervisors."),
        ("I promised them my transcript by Friday", "I promised you my transcript by Friday."),
        ("He wants two references by Monday", "I have noted that you would like two references by Monday."),
        ("I have to email a certified ID copy by twelve tomorrow,", "I will email you a certified ID copy by twelve."),
        ("I've to bring my licence in on Monday", "I will bring my licence in on Monday."),
        ("I'll ring him tomorrow and tell him about the glasses", None),
        ("Maybe I send the thesis pages to them", None),
        ("if it's a yes I have to send my P45", None),
        ("I'll send it tonight.", None),
        ("I'll bring the dictionary to Mr. Amini's office if I can be brave.", None),
        ("I have to send the form back to my current employer by Monday.", None),
        ("I should send them my certificate, but she told me not to bother.", None),
        ("I should send them the slides, but I won't", None),
        ("I should send them the slides", None),
        ("I have to send an invoice to my client", None),
        ("I have to bring the dog to the vet", None),
        ("I must forward the mail to the landlord", None),
        ("I'll send them my P45, but not yet", None),
        ("I'll send them the deck", "I will send you the deck."),
    ],
)  # fmt: skip
def test_what_is_owed(spoken: str, sentence: str | None) -> None:
    assert phrases.owed(spoken) == sentence


@pytest.mark.parametrize(
    "spoken",
    [
        "I have to send the form back to my current employer by Monday.",
        "I have to post the dog's papers to the vet",
        "I'll email the slides, but she told me not to bother",
    ],
)
def test_what_goes_elsewhere_is_not_owed_even_in_general(spoken: str) -> None:
    assert steps.still_owed(spoken) is None


@pytest.mark.parametrize(
    ("spoken", "to", "sentence"),
    [
        ("I promised Sarah the Kafka write-up.", "Sarah", "I promised you the Kafka write-up."),
        ("I promised Sarah Lind the write-up.", "Sarah Lind", "I promised you the write-up."),
        ("I owe Dr. Lind two references", "Sarah Lind", "I owe you two references."),
        ("I'll send the deck to Sarah tonight", "Sarah", "I will send you the deck."),
        ("I'll email Sarah the deck", "Sarah", "I will email you the deck."),
        ("I'll send the deck to Sarah", "Will", None),
        ("I promised Sarah the write-up", "Will", None),
        ("Reed wants two references by Friday", "Will", None),
    ],
)
def test_a_promise_to_the_reader_by_name(spoken: str, to: str, sentence: str | None) -> None:
    assert phrases.owed(spoken, to) == sentence


@pytest.mark.parametrize(
    ("spoken", "mine"),
    [
        ("References to be with them by Thursday", True),
        ("the manager wants my hep b blood results emailed by monday", True),
        ("Will wants three references by Friday.", True),
        ("They'll ring on Friday. I have to send the form.", True),
        ("They will take up my references next week", False),
        ("She promised a call by Friday", False),
        ("They need a week to decide", False),
        ("They will ring me on Friday", False),
        ("He wants me to come back on Monday", False),
    ],
)
def test_whose_step_it_is(spoken: str, mine: bool) -> None:
    assert phrases.is_owed(spoken) is mine


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("They will ring me on Friday", "Will", False),
        ("Will they ring?", "Will Brown", False),
        ("Will wants three references", "Will Brown", True),
        ("I thanked Will's team", "Will", True),
        ("They made a mark on it", "Mark", False),
        ("We start in May", "May", False),
        ("May said so", "May", True),
        ("it may be Friday", "May Lin", False),
        ("sarah said so", "Sarah", True),
    ],
)
def test_a_common_word_is_no_name(text: str, name: str, named: bool) -> None:
    assert wording.mentions(text, name) is named


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("She'll ring by Friday, either way.", "I look forward to hearing about the next step by Friday."),
        (
            "they will ring me monday after they call my pastor",
            "I look forward to hearing about the next step on Monday.",
        ),
        ("Aditi will phone by eight tonight", "I look forward to hearing about the next step."),
        ("an answer at the end of the week", None),
        (
            "They'll write within ten days, Lindsay says",
            "I look forward to hearing about the next step within ten days.",
        ),
        ("second interview is on the 12th of March with the director", None),
        ("The second interview is on Tuesday.", "I look forward to the second interview on Tuesday."),
        ("second round is with the principal officer and theyll sms by thursday", None),
        ("If it's yes, they call on Thursday.", None),
        ("He's going to phone my former supervisor today", None),
        ("I'll ring him tomorrow", None),
        ("They might call on Monday", None),
        ("She won't ring before Monday", None),
        ("She'll ring when they've seen two others on Thursday", "I look forward to hearing about the next step."),
        ("She'll ring once Tom is back on Monday", "I look forward to hearing about the next step."),
        ("She'll ring on the Thursday after next", "I look forward to hearing about the next step."),
    ],
)
def test_what_comes_next(spoken: str, sentence: str | None) -> None:
    assert phrases.upcoming(spoken) == sentence


WORDS = st.lists(
    st.sampled_from("I they she never mentioned said the a my told them about Kafka is will send ring by "
                    "Friday and , . it i'll nobody asked didn't \" [ ? ’ é".split(" ")), max_size=25,
).map(" ".join)  # fmt: skip


@given(WORDS)
def test_whatever_is_said_again_was_said(spoken: str) -> None:
    """No word is invented but those of the frame, and they/their made you/your."""
    heard = set(wording.bare(wording.you(wording.tidy(spoken).replace(",", " ").replace(".", " ")).lower()))
    if unsaid := phrases.omission(spoken):
        assert set(wording.bare(unsaid[0].replace(",", " ").lower())) <= heard | {"the"}
    if told := phrases.learned(spoken):
        assert set(wording.bare(told.lower().replace(",", " "))) <= heard
    for sentence in (phrases.owed(spoken), phrases.upcoming(spoken)):
        frame = set("i will send you bring email promised owe have noted that would like look forward to hearing about "
                    "the next step on by at after before within in".split())  # fmt: skip
        assert set(wording.bare((sentence or "").lower().replace(",", " "))) <= heard | frame


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    for turned in (phrases.omission, phrases.learned, phrases.asked, phrases.owed, phrases.upcoming, phrases.is_owed):
        turned(text)
    assert wording.quoted(text).count('"') == 2
    assert wording.sentences(text) == [part for part in wording.sentences(text) if part.strip()]
