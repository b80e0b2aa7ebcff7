"""The bulletin of last month, which three people brought out, and the draft of this one."""

from datetime import timedelta

from lianxin.account.bulletin import candidates, composing
from lianxin.account.bulletin.actions import drafting, signing
from lianxin.account.bulletin.issuing import issuing_body
from lianxin.account.bulletin.models import Issue
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.figures import Period
from lianxin.ground.people.models import Region

EACH = 3  # entries of a column


def bring_out(home: Region) -> None:
    """Last month's issue, issued now, so that its figures are those of the demonstration; and this month's, begun."""
    body = issuing_body()
    if body is None:
        return
    month = Period.month(today().year, today().month)
    clerk, reviewer, leader = (User.objects.get(username=name).pk for name in ("bangong", "fuhe", "lingdao"))
    last = drafting.begin(body, month.before, by=clerk, at=now())
    if _fill(last):
        last.refresh_from_db()
        signing.submit(last, edition=last.edition, by=clerk, at=now())
        signing.review(last, edition=last.edition, by=reviewer, at=now())
        signing.sign(last, edition=last.edition, by=leader, at=now())
    _fill(drafting.begin(body, month, by=clerk, at=now()))


def _fill(issue: Issue) -> int:
    """A few matters of the month in each column; how many they are. Who spoke agreed to their own words."""
    clerk = User.objects.get(username="bangong")
    for code, rule in composing.rules_of(issue, today()).columns.items():
        found = candidates.opinions_for(rule, issue, clerk).select_related(*candidates.PLACES)
        told: set[str] = set()
        for opinion in found.order_by("-case__voices", "-case__changed_at", "-id"):
            if opinion.title in told or len(told) == EACH:
                continue
            told.add(opinion.title)
            _add(issue, code, opinion, clerk)
    return issue.items.count()


def _add(issue: Issue, code: str, opinion: Opinion, clerk: User) -> None:
    item = drafting.add(issue, code, opinion, by=clerk.pk, at=now())
    if item.is_quoted:
        item.issue.refresh_from_db()
        asked_on = today() - timedelta(days=1)
        drafting.agree(item, "phone", asked_on, edition=item.issue.edition, by=clerk.pk, at=now())
