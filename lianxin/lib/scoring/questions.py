"""What is asked about one party, and what its book tells: how much counts in each part of a period, and what is asked of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, Protocol

from lianxin.lib.scoring.figures import ONE, ZERO, Marks, Reached
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.spec import Asked, Item, Measure

Counts = tuple[Fraction, ...]  # one for each part of a period
NO_HOPES: Mapping["Question", Counts] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a book: how much of a measure there is in each part of `months` months of the period."""

    measure: Measure
    months: int
    stretches: tuple[Stretch, ...]

    @property
    def period(self) -> Stretch:
        """All of them together."""
        return Stretch(self.stretches[0].start, self.stretches[-1].end)


class Book(Protocol):
    """What a sheet asks about one party in one period."""

    def counts(self, question: Question) -> Counts:
        """How much counts in each part."""

    def hopes(self, question: Question) -> Counts | None:
        """How much would count in each part, were everything confirmed that waits for a check; None where nothing waits."""

    def targets(self, scheme: str, stretch: Stretch) -> Fraction:
        """How many ties of the scheme the party has; one that ran for half of the days of its service is half a tie."""

    def share(self, stretch: Stretch) -> Fraction:
        """Which part of what these days ask is asked of the party."""

    def marks(self, record: str, *, hopes: bool = False) -> Marks:
        """The marks the party was given, by the raters' roles: points, or what their grades are worth.

        With `hopes`, those that wait for a check are among them.
        """


class Told(NamedTuple):
    """What a book told of one item, part by part: done, held and excused, and how often what is asked is asked
    of the party: none is once, in full.
    """

    done: Counts = ()
    held: Counts = ()
    excused: Counts = ()
    times: Counts = ()

    def reached(self, asks: Asked | None) -> tuple[Reached, ...]:
        """What was reached in each part."""
        if asks is None:
            return tuple(map(Reached, self.done))
        least, most = asks.at_least, asks.at_most
        if asks.out_of is None:
            in_full = (ONE,) * len(self.done)
            needs = [None if least is None else least * times for times in self.times or in_full]
            return tuple(Reached(done, needed, needed, most) for done, needed in zip(self.done, needs, strict=True))
        excused = self.excused or (ZERO,) * len(self.held)
        wholes = [held - min(held, less) for held, less in zip(self.held, excused, strict=True)]
        return tuple(
            Reached(done, None if least is None else whole * least, whole, None if most is None else whole * most)
            for done, whole in zip(self.done, wholes, strict=True)
        )


@dataclass(frozen=True)
class Asking:
    """What one item asks of a book."""

    asks: Asked | None
    done: Question
    held: Question | None = None
    excused: Question | None = None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Those about records, each once."""
        every = (self.done, self.held, self.excused)
        return tuple(dict.fromkeys(one for one in every if one and not one.measure.ties))

    def told(self, book: Book, hopes: Mapping[Question, Counts] = NO_HOPES) -> Told:
        """What the book tells, were these hopes fulfilled."""
        done = self._counts(self.done, book, hopes)
        if self.asks is None:
            return Told(done)
        if self.held is None:
            return Told(done, times=self._times(book, self.asks))
        excused = self._counts(self.excused, book, hopes) if self.excused else ()
        return Told(done, self._counts(self.held, book, hopes), excused)

    @staticmethod
    def _counts(question: Question, book: Book, hopes: Mapping[Question, Counts]) -> Counts:
        if ties := question.measure.ties:
            return tuple(book.targets(ties, stretch) for stretch in question.stretches)
        return hopes.get(question) or book.counts(question)

    def _times(self, book: Book, asks: Asked) -> Counts:
        if asks.at_least is None:
            return ()
        stretches = self.done.stretches
        shares = tuple(map(book.share, stretches))
        if self.done.measure.ties:
            shares = tuple(ONE if share else ZERO for share in shares)
        if asks.toward:
            targets = (book.targets(asks.toward, stretch) for stretch in stretches)
            return tuple(share * ties for share, ties in zip(shares, targets, strict=True))
        return () if shares == (ONE,) * len(shares) else shares

    def hoped(self, book: Book) -> Sequence[Told]:
        """What it would tell, were what waits confirmed: of all questions, or of one."""
        hopes = {one: hope for one in self.questions if (hope := book.hopes(one)) and hope != book.counts(one)}
        if len(hopes) < 2:
            return [self.told(book, hopes)] if hopes else ()
        return [self.told(book, hopes), *(self.told(book, {one: hope}) for one, hope in hopes.items())]


def askings_of(items: Sequence[Item], period: Stretch) -> dict[str, Asking]:
    """What each item that counts asks; what several ask alike is one question."""
    questions: dict[tuple[Measure, int], Question] = {}

    def question(measure: Measure, months: int) -> Question:
        return questions.setdefault((measure, months), Question(measure, months, cut(period, months)))

    askings: dict[str, Asking] = {}
    for item in items:
        if item.counts:
            asks, months = item.asks, item.months
            others = (asks.out_of, asks.less) if asks else (None, None)
            held, excused = (question(other, months) if other else None for other in others)
            askings[item.code] = Asking(asks, question(item.counts, months), held, excused)
    return askings
