"""What answers to a call come to: each choice with how many chose it, of how many who answered."""

from collections import Counter
from dataclasses import dataclass

from lianxin.account.publishing.models import Call, Question


@dataclass(frozen=True)
class Counted:
    """One question: what was chosen how often, by how many people; of one that is answered in words only by how many."""

    question: Question
    choices: list[tuple[str, int]]
    answered: int


@dataclass(frozen=True)
class Result:
    """All of it: answers that count, answers that do not, and each question."""

    counted: int
    hidden: int
    questions: list[Counted]


def count(call: Call) -> Result:
    """Three queries, however many answered."""
    questions = list(call.questions.all())
    chosen: dict[int, Counter[int]] = {question.number: Counter() for question in questions}
    answered: Counter[int] = Counter()
    total = 0
    for told in call.answers.counted().values_list("told", flat=True).iterator(chunk_size=2_000):
        total += 1
        for question in questions:
            said = told.get(str(question.number))
            if said:
                answered[question.number] += 1
                chosen[question.number].update(said if question.choices else ())
    hidden = call.answers.filter(hidden_at__isnull=False).count()
    lines = [
        Counted(
            question,
            [(choice, chosen[question.number][place]) for place, choice in enumerate(question.choices, 1)],
            answered[question.number],
        )
        for question in questions
    ]
    return Result(total, hidden, lines)


def words(question: Question, told: object) -> str:
    """What was answered to a question, in words."""
    if not question.choices:
        return str(told or "")
    places = told if isinstance(told, list) else []
    return "；".join(question.choices[place - 1] for place in places if 0 < place <= len(question.choices))
