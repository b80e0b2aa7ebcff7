"""What another version would change, in words: the same at the terminal, on the page and in Excel."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.account.duty.comparing import Change, Standing
from lianxin.account.duty.language.numbers import in_figures

NOT = "—"  # a version that does not concern somebody, or gives no points


@dataclass(frozen=True)
class Told:
    """One change in words."""

    change: Change

    @property
    def of(self) -> str:
        """Where the party stands, which tells those of one name apart: its congress, or its township."""
        traits = self.change.party.traits
        return "、".join(sorted(traits.get("body") or traits.get("township") or ()))

    @property
    def before(self) -> str:
        """The total by the first version."""
        return _points(self.change.before)

    @property
    def after(self) -> str:
        """The total by the second."""
        return _points(self.change.after)

    @property
    def difference(self) -> str:
        """By how much."""
        difference = self.change.difference
        if difference is None:
            return ""
        return f"+{in_figures(difference)}" if difference > 0 else in_figures(difference)

    @property
    def grade(self) -> str:
        """The grade before and after; once, where it stays."""
        return _turn(*((one.grade if one else "") for one in (self.change.before, self.change.after)))

    @property
    def missed(self) -> str:
        """How many requirements are missed before and after; once, where it stays."""
        return _turn(*(str(one.missed) if one else "" for one in (self.change.before, self.change.after)))


def _turn(before: str, after: str) -> str:
    return before if before == after else f"{before or NOT} → {after or NOT}"


def _points(standing: Standing | None) -> str:
    if standing is None or standing.points is None:
        return NOT
    points = in_figures(standing.points)
    return pgettext("points", "暂%(points)s") % {"points": points} if standing.waits else points


def heads() -> list[str]:
    """What the columns are called."""
    return [pgettext("head", "对象"), _("原来"), _("改后"), _("相差"), pgettext("head", "等次"), _("没做到的要求")]


def cells(change: Change) -> list[str]:
    """One change in these columns."""
    told = Told(change)
    return [change.party.name, told.before, told.after, told.difference, told.grade, told.missed]
