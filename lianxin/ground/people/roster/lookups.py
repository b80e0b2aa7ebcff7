"""Looks up the words of rows in what the platform knows, and tells what is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.access.policy import Answer
from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Body, Region, Term
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.roster.known import Known, find
from lianxin.ground.people.roster.problems import Problems
from lianxin.ground.people.roster.sheets import Row

May = Callable[[Body], Answer]
ELECTED_DIRECTLY = (CongressLevel.COUNTY, CongressLevel.TOWNSHIP)  # Law on Elections, art. 3
LEVELS = list(CongressLevel)


def anywhere(congress: Body) -> Answer:
    """Nobody is asked: who sits at the server may take over any roster."""
    return Answer(True)


class Reach:
    """Whose rows may be touched, asked once a congress: those of a congress in reach, and those that such a one elects.

    A county's office keeps the roster of its congress, of its townships, and of the deputies that it sends to the city.
    """

    def __init__(self, may: May):
        self.may, self._answers = may, dict[UUID, Answer]()

    def of(self, congress: Body, electing_body: Body | None = None) -> Answer:
        """Whether a row may be touched; when not, why."""
        if congress.id not in self._answers:
            self._answers[congress.id] = self.may(congress)
        answer = self._answers[congress.id]
        if not answer and electing_body and (elected := self.of(electing_body)):
            return elected
        return answer


@dataclass
class Lookups:
    """Looks up the words of rows, and tells what it does not find. A word that could not be read is passed over."""

    known: Known
    problems: Problems
    reach: Reach

    def congress(self, row: Row) -> Body | None:
        """The congress a row belongs to."""
        return self._body(row, "congress")

    def is_in_reach(self, row: Row, congress: Body | None, electing_body: Body | None = None) -> bool:
        """Whether whoever brings the roster may touch this row; told where not. Unknown congresses have been told before."""
        if not congress or (answer := self.reach.of(congress, electing_body)):
            return True
        self.problems.add(row.problem("congress", out_of_reach(answer)))
        return False

    def group(self, row: Row, congress: Body | None) -> Body | None:
        """The group that a row names, where it is there already; one of another congress only if that may be touched."""
        if not congress or not (name := row.get("group")):
            return None
        group = self.known.group(name, congress)
        if group and group.parent_id != congress.id and group.parent and not (answer := self.reach.of(group.parent)):
            expected = _("%(congress)s的代表小组，不是别处的（%(reason)s）")
            told = {"congress": congress.name, "reason": answer.reason.rstrip("。")}
            self.problems.add(row.problem("group", expected % told))
        return group

    def _body(self, row: Row, key: str) -> Body | None:
        if not (word := row.get(key)):
            return None
        found = self.known.congresses.get(word, [])
        if len(found) == 1:
            return found[0]
        if found:
            whole = [word for word, bodies in self.known.congresses.items() if len(bodies) == 1 and bodies[0] in found]
            expected = _("写全的名称：叫%(name)s的有几个：%(names)s") % {
                "name": word,
                "names": "、".join(sorted(whole)),
            }
        else:
            first = "、".join(list(self.known.congresses)[:3]) or _("还没有")
            expected = _("平台里一个人民代表大会的名称，例如%(names)s") % {"names": first}
        self.problems.add(row.problem(key, expected), among=() if found else self.known.congresses)
        return None

    def electing_body(self, row: Row, congress: Body | None) -> Body | None:
        """The congress that elected the deputy: one of a lower level, and only where deputies are not elected directly."""
        body = self._body(row, "electing_body")
        if not body or not congress:
            return body
        if congress.level in ELECTED_DIRECTLY:
            expected = _("空着：%(congress)s的代表由选区选出，请填选区编号") % {"congress": congress.name}
            self.problems.add(row.problem("electing_body", expected))
        elif LEVELS.index(CongressLevel(body.level)) <= LEVELS.index(CongressLevel(congress.level)):
            expected = _("比%(congress)s低一级的人民代表大会") % {"congress": congress.name}
            self.problems.add(row.problem("electing_body", expected))
        return body

    def term(self, row: Row, congress: Body | None) -> Term | None:
        """The term of the congress with the number that the row says."""
        if not congress or "term" not in row:
            return None
        if term := self.known.terms.get((congress.id, row["term"])):
            return term
        numbers = sorted(number for body, number in self.known.terms if body == congress.id)
        expected = _("%(congress)s已经建立的届：%(numbers)s") % {
            "congress": congress.name,
            "numbers": "、".join(map(str, numbers)) or _("还没有"),
        }
        self.problems.add(row.problem("term", expected), among=map(str, numbers))
        return None

    def region(self, row: Row, congress: Body | None) -> Region | None:
        """The place that a line of a district covers: a village, or a whole township where none is named."""
        if not congress or "township" not in row:
            return None
        townships = self.known.townships_of(congress)
        inside = {"place": congress.region.name if congress.region else congress.name}
        township = self._place(row, "township", townships, _("%(place)s的一个乡镇或街道") % inside)
        if not township or "village" not in row:
            return township
        villages = self.known.villages_of(township)
        return self._place(row, "village", villages, _("%(place)s的一个村或社区") % {"place": township.name})

    def _place(self, row: Row, key: str, places: dict[str, list[Region]], expected: str) -> Region | None:
        found = find(places, row[key])
        if len(found) == 1:
            return found[0]
        if found:
            codes = "、".join(sorted(place.code for place in found))
            expected = _("区划代码：叫这个名字的有几个，代码是%(codes)s") % {"codes": codes}
        names = {place.name for at in places.values() for place in at} if not found else ()
        self.problems.add(row.problem(key, expected), among=names)
        return None

    def draw(self, row: Row, congress: Body | None) -> None:
        """A district stands in the file: deputies may name it by its number or its name."""
        if congress and (number := row.get("number")):
            self.known.name_district(congress.id, number, row.get("name", number))

    def district(self, row: Row, congress: Body | None) -> str:
        """The number of the deputy's district, which stands in the file or on the platform."""
        if not congress or not (word := row.get("district")):
            return ""
        numbers, names = self.known.numbers[congress.id], self.known.names[congress.id]
        if word in numbers:
            return str(word)
        named = names.get(word, set())
        if len(named) == 1:
            return next(iter(named))
        expected = _("“选区”表或平台里的一个选区编号")
        if named:
            expected = _("选区编号：叫这个名字的有几个，编号是%(numbers)s") % {"numbers": "、".join(sorted(named))}
        self.problems.add(row.problem("district", expected), among=() if named else [*numbers, *names])
        return ""

    def days(self, row: Row) -> None:
        """An ending has a day and a reason, does not come before the beginning, and is no day to come."""
        starts_on, ends_on = row.get("starts_on"), row.get("ends_on")
        if not row.wrong & {"ends_on", "ending"} and ("ends_on" in row) != ("ending" in row):
            key = "ending" if ends_on else "ends_on"
            self.problems.add(row.problem(key, _("填好：终止日期和终止原因要么都填，要么都空着")))
        if starts_on and ends_on and ends_on < starts_on:
            expected = _("不早于就任日期%(day)s的日期") % {"day": starts_on}
            self.problems.add(row.problem("ends_on", expected))
        elif ends_on and ends_on > today():
            expected = _("今天（%(day)s）或更早的日期：到了那一天再填") % {"day": today()}
            self.problems.add(row.problem("ends_on", expected))


def out_of_reach(answer: Answer) -> str:
    """What is expected where somebody may not touch a row."""
    return _("您负责的人民代表大会（%(reason)s）") % {"reason": answer.reason.rstrip("。")}
