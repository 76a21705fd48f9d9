"""A job search made by hand: four interviews in which one question keeps going wrong."""

from __future__ import annotations

from dictate.records import Outcome
from dictate.review.families import up_to_date
from dictate.store import Store
from tests.store.telling import day, debrief

# company, role, day of July 2026, outcome, interviewers, what was told
Told = tuple[str, str, int, Outcome | None, tuple[str, ...], str]

SEARCH: tuple[Told, ...] = (
    ("Northwind", "data engineer", 1, "rejected", ("Sarah Lind",), """
        [X] So that was Northwind, first round, with Sarah.
        [Q1!] Sarah asked me what my greatest weakness is.
        [A1] Um, I said I work too hard, and then I said nothing at all for a while.
        [C] I went blank on that one and my shoes were dirty.
        [Q2] Then she asked me to tell her about myself.
        [A2] I told her about the depot and the late delivery report that I rebuilt.
        [S] She wrote that down.
        [K1] I asked how they do on call.
        [L1] It is one week in six.
        [L] Sarah stressed that it is all about reliability, and the salary is forty-two thousand.
        [F] I feel awful about it, honestly, embarrassed. Four out of ten.
        [O] I never mentioned the Kafka project.
        [P] Next time I will practise the weakness question.
        [U] Sarah will ring me by Friday."""),
    ("Orchard", "data engineer", 3, "rejected", ("Ann",), """
        [Q1!] What is your greatest weakness, she asked.
        [A1] I said, like, perfectionism, uh, I suppose.
        [C] Again I froze, and I was late because of the train.
        [F] I was nervous and embarrassed. A three out of ten.
        [Q2] She asked why I want to leave my present job.
        [A2] I said the team was cut in half.
        [P] Clean the shoes the night before."""),
    ("Northwind", "data engineer", 8, "advanced", ("Tom",), """
        [X] Northwind again, second round, with Tom this time.
        [Q1] Tom asked me to tell him about myself.
        [A1] I gave the depot story in two minutes with the forty per cent.
        [S] He laughed and wrote it down.
        [Q2!] He asked about my greatest weakness.
        [A2] I said delegation, and had no example of it.
        [C] I had no example, and I was a bit late.
        [L] Tom says the salary is thirty-eight thousand, and it is three days in the office.
        [K1] I asked who would be my manager.
        [C] He dodged that and changed the subject.
        [F] I feel good about it, quite proud. Seven out of ten.
        [U] I promised Tom the certificate."""),
    ("Kestrel", "analyst", 10, None, ("Priya",), """
        [Q1] Priya asked me to tell her about myself.
        [A1] I told the depot story again.
        [S] She smiled and nodded all through the story.
        [F] I am happy with that. I would say 8/10.
        [O] I forgot to bring up my Kafka project.
        [K1] I asked what the team's plan is for next year.
        [L1] They are moving to the cloud."""),
)  # fmt: skip


WEAKNESS, YOURSELF, LEAVING = (2, 15, 26), (5, 23, 34), (19,)  # the notes in which each question was asked


def fill(store: Store, told: tuple[Told, ...] = SEARCH) -> None:
    """Interviews in their order, of ids from 1; which questions are one is said by hand."""
    for company, role, number, outcome, interviewers, words in told:
        added = store.add(debrief(words, company=company, role=role, held_at=day(number), interviewers=interviewers))
        store.set_outcome(added.interview_id, outcome)
    up_to_date(store)
    if told is SEARCH:
        for same in (WEAKNESS, YOURSELF):
            of_note, _ = store.shown_families()
            for family in {of_note[note] for note in same} - {of_note[same[0]]}:
                store.merge_families(of_note[same[0]], family)


def family(store: Store, note: int) -> int:
    return store.shown_families()[0][note]
