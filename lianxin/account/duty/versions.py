"""Which version of a regulation: the one a period goes by, that of a version of the rules, or one as somebody changed it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianxin.account.duty.errors import NoSuchRegulation, NotInAnyPeriod
from lianxin.account.duty.files import EACH, Written, regulations_of
from lianxin.account.duty.parties.asked import A_DAY
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.drafts import Draft, own_texts
from lianxin.ground.rulebook.errors import NothingInForce
from lianxin.ground.rulebook.models import RulebookVersion
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.scoring.periods import Stretch


@dataclass(frozen=True)
class Which:
    """One regulation of the platform, or of a body with rules of its own, by its code."""

    code: str
    body_id: UUID | None = None

    def at(self, day: date) -> Written:
        """The one by which the period goes in which a day lies: in force on its last day. Raises NotInAnyPeriod, NoSuchRegulation."""
        began = self.of(self._rules(day))
        ended = regulations_of(self._rules(period_of(began, day).end - A_DAY))
        return ended.get(self.code, began)

    def of(self, preset: Preset) -> Written:
        """As a version of the rules has it. Raises NoSuchRegulation."""
        if found := regulations_of(preset).get(self.code):
            return found
        raise NoSuchRegulation(self.code)

    def changed(self, content: bytes) -> Written:
        """As somebody changed it, among the rules in force today. Raises RulesRefused with every mistake, NoSuchRegulation."""
        held = RulebookVersion.objects.in_force(today())
        running = held.filter(body_id=self.body_id).first() or held.first()
        if running is None:
            raise NothingInForce(today())
        own = {file: text.encode() for file, text in own_texts(running.files).items()}
        draft = Draft.of(running.preset, own | {f"{running.preset}/{EACH}-{self.code}.yaml": content})
        return self.of(draft.preset())

    def _rules(self, day: date) -> Preset:
        """Those in force on a day, or today where there were none yet."""
        try:
            return in_force(day, self.body_id)
        except NothingInForce:
            return in_force(today(), self.body_id)


def period_of(written: Written, day: date) -> Stretch:
    """The period in which a day lies. Raises NotInAnyPeriod."""
    if period := written.rule.period.at(day):
        return period
    raise NotInAnyPeriod(day)
