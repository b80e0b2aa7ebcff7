"""Who is who: whether a row's deputy is somebody whom the platform, or another row, knows already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Mandate, Person
from lianxin.ground.people.roster.known import only
from lianxin.ground.people.roster.lines import DeputyLine
from lianxin.ground.people.roster.problems import Problems

ALIKE = 0.5  # how much of a name stays where it is corrected: two of three characters, one of two


@dataclass(slots=True)
class Known:
    """Somebody whom the platform (`person`) or a row knows.

    `phones` name this person, `cards` are those of running mandates by term, `lines` tell of this person, `namesakes`
    have the same name and another phone.
    """

    id: UUID
    person: Person | None
    sex: str
    phones: tuple[str, ...] = ()
    cards: tuple[tuple[UUID, str], ...] = ()
    lines: tuple[DeputyLine, ...] = ()
    namesakes: int = 0

    def card(self, term: UUID) -> str:
        """The card of the mandate that runs in a term, or nothing."""
        return next((card for of, card in self.cards if of == term), "")


class People:
    """Everybody whose name stands in a roster, and who holds a card of one of its terms."""

    def __init__(self, lines: Iterable[DeputyLine], held: Iterable[Mandate], problems: Problems):
        self.problems = problems
        self.by_id: dict[UUID, Known] = {}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        names = {line.name for line in lines}
        for person in Person.objects.filter(**only("name", names)).iterator():
            if person.name in names:
                self._know(Known(person.id, person, person.sex, _phones(person.phone)), person.name)
        for mandate in held:
            if mandate.person_id not in self.by_id:
                person = mandate.person
                self._know(Known(person.id, person, person.sex, _phones(person.phone)), person.name)
        running = Mandate.objects.filter(ends_on__isnull=True, **only("person", self.by_id))
        for person_id, term_id, card in running.values_list("person_id", "term_id", "card_number").iterator():
            if known := self.by_id.get(person_id):
                known.cards += ((term_id, card),)

    def _know(self, known: Known, name: str) -> None:
        self.by_id[known.id] = known
        self.by_name[name].append(known)

    def of_card(self, mandate: Mandate, line: DeputyLine) -> Known | None:
        """Who holds the card that a row names; None, and a problem, where the row plainly means somebody else."""
        known = self.by_id[mandate.person_id]
        before, after = mandate.person.name, line.name
        phone = line.person.get("phone")
        is_same = phone in known.phones or (
            not (phone and mandate.person.phone) and SequenceMatcher(None, before, after).ratio() >= ALIKE
        )
        if before != after and not is_same:
            expected = _(
                "%(name)s：平台里这个代表证号是%(name)s的。是改名，请填上平台里的手机；是换了人，请先终止%(name)s的代表资格，再给新代表一个新号码"
            ) % {"name": before}
            self.problems.add(line.row.problem("name", expected, nearest=before))
            return None
        known.phones += _phones(phone)
        if after != before:
            self.by_name[after].append(known)
        return self._said(known, line)

    def of_new_card(self, line: DeputyLine) -> Known | None:
        """Whose new mandate a row tells: somebody known by name and phone, somebody new, or nobody can say (a problem)."""
        phone = line.row.get("phone", "")
        for known in self.by_name[line.name]:
            if phone in known.phones:
                return self._again(known, line)
        others = self._namesakes(line)
        if any(not (phone and known.phones) for known in others):
            expected = _("两位同名的人都要有手机号，才分得清是不是同一个人（平台或名册里另有一位%(name)s）") % {
                "name": line.name
            }
            self.problems.add(line.row.problem("phone", expected))
            return None
        known = Known(new_id(), None, line.row.get("sex", ""), _phones(phone), namesakes=len(others))
        self._know(known, line.name)
        return self._said(known, line)

    def sitting(self, name: str, other_than: Known) -> int:
        """How many others of this name the platform knows, and hold a seat once the roster is taken over."""
        found = {known.id for known in self.by_name[name] if known.person and known.cards}
        return len(found - {other_than.id})

    def _again(self, known: Known, line: DeputyLine) -> Known | None:
        """Somebody known has another mandate; a problem where one of the same term runs."""
        if (card := known.card(line.term.id)) and not line.ends_on:
            expected = _("%(card)s：同一届里同名同手机的%(name)s已经有这个代表证号") % {"card": card, "name": line.name}
            self.problems.add(line.row.problem("card_number", expected, nearest=card))
            return None
        return self._said(known, line)

    def _namesakes(self, line: DeputyLine) -> list[Known]:
        """Who might be the deputy of a row: of the same name, not of the other sex, and without a seat in the term."""
        term, sex, has_ended = line.term.id, line.row.get("sex"), line.ends_on is not None
        return [
            known
            for known in self.by_name[line.name]
            if not (sex and known.sex and sex != known.sex) and (has_ended or not known.card(term))
        ]

    def _said(self, known: Known, line: DeputyLine) -> Known | None:
        """Remember what a row says of somebody; two rows that contradict each other are a problem."""
        for earlier in known.lines:
            for key, value in line.person.items():
                if earlier.person.get(key, value) != value:
                    said = earlier.row.shown(key)
                    expected = _("“%(said)s”：%(sheet)s第%(row)s行是同一个人，那里这样填") % {
                        "said": said,
                        "sheet": earlier.row.header.title,
                        "row": earlier.row.number,
                    }
                    self.problems.add(line.row.problem(key, expected, nearest=said))
                    return None
        known.lines += (line,)
        told = (line.term.id, line.card_number)
        known.cards = tuple(held for held in known.cards if held != told) + (() if line.ends_on else (told,))
        return known


def _phones(phone: str | None) -> tuple[str, ...]:
    return (phone,) if phone else ()
