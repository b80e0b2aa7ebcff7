"""What every verb of a case does alike: hand on under a role's clock, know what was just sent, write the one event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model

from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import NoReason
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.events import Party, Ref, record
from lianxin.ground.core.models import Event
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.rules import ClockRule, ClockRules

Holder = tuple[str, UUID]
ROLE_OF = {"unit": "unit", "mandate": "deputy", "station": "station", "body": "body"}
MOMENT = timedelta(minutes=10)


def clock_rule(preset: Preset, code: str) -> ClockRule:
    """The clock of this name. `_base` has every one that cases run by."""
    return preset.section(ClockRules).clocks[code]


def said(words: str) -> str:
    """A reason, or what else has to be said in words, without what stands around it. Raises NoReason where nothing is said."""
    if not (words := words.strip()):
        raise NoReason
    return words


@dataclass
class Work:
    """One verb at work on a case that is held. Each kind of case says which clocks its roles have, and what its thing is.

    `SUBJECT` is the kind of thing in the record, `KINDS` what the names of its events begin with.
    """

    SUBJECT: ClassVar[str]
    KINDS: ClassVar[str]
    CLOCKS: ClassVar[Mapping[str, str]]

    case: Case
    by: UUID | None
    at: datetime
    preset: Preset

    @property
    def thing(self) -> Model:
        """The thing that the case is of."""
        raise NotImplementedError

    def clock(self, code: str) -> ClockRule:
        """One of the clocks of this kind of case: `return` is opinions_return where the events are opinions.*."""
        return clock_rule(self.preset, f"{self.KINDS}_{code}")

    def hand(self, role: Handover.Role, holder: Holder, *, follows: Handover | None = None) -> Handover:
        """The matter lies with `holder` from now on, under the clock of the role."""
        return settling.hand(
            self.case,
            role,
            holder,
            span=clock_rule(self.preset, self.CLOCKS[role]).span.chinese(),
            at=self.at,
            by=self.by,
            rule_version=self.preset.version,
            follows=follows,
        )

    def is_again(self, kind: str, texts: Mapping[str, str] | None = None, holders: Iterable[Holder] = ()) -> bool:
        """Whether the last of this kind that the same person did a moment ago was just this: no answer came, it is sent again.

        Where it may rightly be done again so soon, only the state of the thing tells the two apart: ask for that first.
        """
        lately = Event.objects.about(self.SUBJECT, self.thing.pk).filter(happened_at__gt=self.at - MOMENT)
        last = lately.filter(kind=kind, by_id=self.by).order_by("happened_at", "id").last()
        if last is None:
            return False
        told = dict(last.texts.values_list("name", "text")), set(last.parties.values_list("kind", "party_id"))
        return told == (dict(texts or {}), set(holders))

    def tell(
        self,
        kind: str,
        *,
        holders: Iterable[Holder] = (),
        facts: Mapping[str, Any] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> Event:
        """Write the event. It counts for the holders."""
        return record(
            kind,
            subject=Ref(self.SUBJECT, self.thing.pk),
            by=self.by,
            at=self.at,
            body=self.case.body_id,
            place=self.case.region.place(),
            parties=[Party(kind_, id, ROLE_OF[kind_]) for kind_, id in holders],
            facts=facts or {},
            texts=texts or {},
            rule_version=self.preset.version,
        )
