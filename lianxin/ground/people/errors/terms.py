"""The words with which terms and sessions say no."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError, day_told

if TYPE_CHECKING:
    from lianxin.ground.people.models import Body, Session, Term


class NumberTaken(RuleError):
    """The congress had a term of that number."""

    def __init__(self, congress: "Body", number: int):
        super().__init__(_("%(congress)s已经有第%(number)s届了。") % {"congress": congress.name, "number": number})


class TermsReversed(RuleError):
    """A new term would begin before the last one, or before that one is over."""

    def __init__(self, last: "Term"):
        told = {"term": last, "day": day_told(last.ends_on or last.starts_on)}
        super().__init__(
            _("%(term)s到%(day)s为止，新一届要晚于这一天。") % told
            if last.ends_on
            else _("%(term)s从%(day)s开始，新一届要晚于这一天。") % told
        )


class TermNumberSkips(RuleError):
    """A new term's number does not follow the last one's."""

    def __init__(self, last: "Term", number: int):
        super().__init__(
            _("上一届是%(last)s，新一届应当是第%(next)s届，不是第%(number)s届。请核对届次。")
            % {"last": last, "next": last.number + 1, "number": number}
        )


class TermCutsSession(RuleError):
    """A new term would begin before a session of the one before is over."""

    def __init__(self, session: "Session"):
        super().__init__(
            _("%(term)s%(session)s到%(day)s才闭幕，新一届要晚于这一天。请核对日期。")
            % {
                "term": session.term,
                "session": session,
                "day": day_told(session.ends_on),
            }
        )


class TermEnded(RuleError):
    """The term is over, or was withdrawn already."""

    def __init__(self, term: "Term"):
        super().__init__(_("%(term)s不是正在进行的一届，或者已经撤销，不能撤销。请刷新页面再看。") % {"term": term})


class TermInUse(RuleError):
    """Deputies or sessions are recorded in the term."""

    def __init__(self, term: "Term"):
        super().__init__(
            _("%(term)s里已经登记了代表或会议，不能撤销。会议登记错了，可以先撤销会议；有了代表，这一届就已经开始。")
            % {"term": term}
        )


class DayTooFar(RuleError):
    """A day lies more than a year ahead."""

    def __init__(self, on: date):
        super().__init__(_("%(day)s离今天还有一年多，现在登记太早。请核对日期。") % {"day": date_format(on)})


class NoRunningTerm(RuleError):
    """The congress has no running term."""

    def __init__(self, congress: "Body"):
        super().__init__(_("%(congress)s还没有登记届次。请先开始一届，再登记会议。") % {"congress": congress.name})


class SessionReversed(RuleError):
    """A session would end before it begins."""

    def __init__(self) -> None:
        super().__init__(_("闭幕日期早于开幕日期，请核对两个日期。"))


class SessionThere(RuleError):
    """The term has a session of that number."""

    def __init__(self, term: "Term", number: int):
        super().__init__(_("%(term)s已经登记过第%(number)s次会议了。") % {"term": term, "number": number})


class SessionNumberSkips(RuleError):
    """A session's number does not follow the last one's."""

    def __init__(self, term: "Term", number: int, expected: int):
        super().__init__(
            _("%(term)s接下来是第%(expected)s次会议，不是第%(number)s次。请核对次数，或者先登记漏掉的会议。")
            % {"term": term, "expected": expected, "number": number}
        )


class SessionOutsideTerm(RuleError):
    """A session would open before its term begins, or close after it ends."""

    def __init__(self, term: "Term"):
        first = day_told(term.starts_on)
        told = _("%(term)s从%(first)s开始，会议要在这一届里。请核对日期。") % {"term": term, "first": first}
        if term.ends_on:
            told = _("%(term)s从%(first)s到%(last)s，会议要在这一届里。请核对日期。") % {
                "term": term,
                "first": first,
                "last": date_format(term.ends_on),
            }
        super().__init__(told)


class SessionsMeet(RuleError):
    """A session would not lie wholly after the one before it, or before the one after it."""

    def __init__(self, other: "Session"):
        days = {"first": day_told(other.starts_on)}
        days["last"] = day_told(other.ends_on)
        super().__init__(
            _("%(session)s是%(first)s到%(last)s开的，两次会议要有先后，日子不能重叠。请核对日期。")
            % (days | {"session": other})
        )


class SessionNotLast(RuleError):
    """Only the last session of the running term can be withdrawn."""

    def __init__(self, session: "Session"):
        super().__init__(
            _("%(session)s不是这一届最后登记的会议，或者已经撤销，不能撤销。请刷新页面再看。") % {"session": session}
        )
