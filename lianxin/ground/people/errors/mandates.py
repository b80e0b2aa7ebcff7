"""The words with which mandates and persons say no."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError, day_told

if TYPE_CHECKING:
    from lianxin.ground.people.models import Mandate, Person, Term


class MandateEnded(RuleError):
    """The mandate has ended already."""

    def __init__(self, mandate: "Mandate"):
        day = day_told(mandate.ends_on)
        super().__init__(
            _("%(name)s的代表资格已于%(day)s终止（%(why)s），不能再改。登记错了，请用“改正终止”。")
            % {"name": mandate.person.name, "day": day, "why": mandate.get_ending_display()}
        )


class EndingAhead(RuleError):
    """The last day has not come yet."""

    def __init__(self, mandate: "Mandate", on: date):
        super().__init__(
            _("%(day)s还没到。平台只记录已经发生的终止，请在那天以后再来登记%(name)s的代表资格终止，或者改日期。")
            % {"day": date_format(on), "name": mandate.person.name}
        )


class MandateRuns(RuleError):
    """The mandate has not ended, so that nothing can be corrected of its ending."""

    def __init__(self, mandate: "Mandate"):
        super().__init__(
            _("%(name)s的代表资格现在没有终止，不用改正。请刷新页面再看。") % {"name": mandate.person.name}
        )


class MandateTermOver(RuleError):
    """The mandate's term is over: no mandate of it runs on."""

    def __init__(self, term: "Term"):
        day = day_told(term.ends_on)
        super().__init__(
            _("%(term)s到%(day)s为止，那一届的代表资格不能晚于这一天。请改正日期或原因。") % {"term": term, "day": day}
        )


class SeatTaken(RuleError):
    """Somebody sits there since: the same person anew, or a successor."""

    def __init__(self, mandate: "Mandate"):
        day = day_told(mandate.starts_on)
        super().__init__(
            _("这个席位上，%(name)s从%(day)s起又有了代表资格。两次任期不能重叠，请先核对那一次就任。")
            % {"name": mandate.person.name, "day": day}
        )


class SeatNotVacant(RuleError):
    """A mandate cannot follow on this one: it runs on, ended later, or was elected elsewhere."""

    def __init__(self, mandate: "Mandate"):
        super().__init__(
            _("%(name)s不是同一届、同一个选区或选举单位里在这之前空出的席位。请改选，或者核对就任日期。")
            % {"name": mandate.person.name}
        )


class BeginsOutsideTerm(RuleError):
    """A mandate would begin before its term, or after it."""

    def __init__(self, term: "Term"):
        first = day_told(term.starts_on)
        super().__init__(_("%(term)s从%(day)s开始，就任日期要在这一届里。请核对日期。") % {"term": term, "day": first})


class ElectedInMidterm(RuleError):
    """A general election seats deputies when the term begins, and on no other day."""

    def __init__(self, term: "Term"):
        day = day_told(term.starts_on)
        super().__init__(
            _("换届选举选出的代表，从%(term)s开始的%(day)s就任。这一届中间就任的，产生方式请选“补选”。")
            % {"term": term, "day": day}
        )


class MandatePaused(RuleError):
    """The mandate rests already."""

    def __init__(self, mandate: "Mandate"):
        super().__init__(_("%(name)s现在已经暂停执行职务，先恢复，才能再暂停。") % {"name": mandate.person.name})


class MandateNotPaused(RuleError):
    """The mandate does not rest."""

    def __init__(self, mandate: "Mandate"):
        super().__init__(_("%(name)s现在没有暂停执行职务，不用恢复。") % {"name": mandate.person.name})


class UserOfAnother(RuleError):
    """The sign-in is another person's."""

    def __init__(self, username: str, person: "Person"):
        super().__init__(
            _("登录名“%(username)s”是%(person)s的。请核对登录名。") % {"username": username, "person": person.name}
        )


class CardTaken(RuleError):
    """Another deputy of the term has the card."""

    def __init__(self, other: "Mandate"):
        super().__init__(
            _("同一届里，代表证号%(card)s是%(name)s的。请核对号码。")
            % {"card": other.card_number, "name": other.person.name}
        )
