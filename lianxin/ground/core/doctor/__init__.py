"""What `lianxin check` looks at. Apps register checks; each answers in plain words, with what to do next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class State(TextChoices):
    """How something is."""

    FINE = "fine", "✓"
    SOON = "soon", "!"  # nothing is wrong yet
    WRONG = "wrong", "✗"


@dataclass(frozen=True)
class Answer:
    """What was found, and what to do next where something is to be done."""

    state: State
    text: str
    next: str = ""


@dataclass(frozen=True)
class Check:
    """One thing to look at. `ask` changes nothing, takes no longer than a second, and says nothing about people."""

    name: str
    label: str | Promise
    ask: Callable[[], Iterable[Answer]]


@dataclass(frozen=True)
class Finding:
    """One answer of one check."""

    check: Check
    answer: Answer


_checks: dict[str, Check] = {}


def register(*checks: Check) -> None:
    """Declare checks; a name declared twice raises ValueError."""
    for check in checks:
        if _checks.get(check.name, check) is not check:
            raise ValueError(f"{check.name} is declared twice.")
        _checks[check.name] = check


def examine(*names: str) -> Iterator[Finding]:
    """The findings of every check, or of the named ones, in the order in which they were declared."""
    for check in [_checks[name] for name in names] or list(_checks.values()):
        try:
            for answer in check.ask():
                yield Finding(check, answer)
        except DatabaseError as error:
            text = _("没法看：数据库不答复（%(error)s）") % {"error": type(error).__name__}
            yield Finding(check, Answer(State.WRONG, text))


def fine(text: str) -> Answer:
    """All is well."""
    return Answer(State.FINE, text)


def soon(text: str, next: str) -> Answer:
    """Nothing is wrong yet, but will be."""
    return Answer(State.SOON, text, next)


def wrong(text: str, next: str) -> Answer:
    """Something has to be done."""
    return Answer(State.WRONG, text, next)
