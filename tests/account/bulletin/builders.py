"""A month of matters, and the people who bring the bulletin out."""

from datetime import datetime, timedelta

from lianxin.account.bulletin.actions import drafting, signing
from lianxin.account.bulletin.models import Issue, Item
from lianxin.affairs.opinions.actions import judging, replying
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now
from lianxin.ground.core.figures import Period
from lianxin.ground.core.models import Platform
from tests.affairs.opinions.builders import CHINA, NOON, Office
from tests.ground.access.builders import make_grant, make_user

MONTH = Period.month(2026, 3)
SIGNING = datetime(2026, 4, 2, 9, tzinfo=CHINA)


class Newsroom:
    """Of March: an opinion that stands open, one that was answered and rated in words, one for staff alone."""

    def __init__(self, travel):
        travel(NOON)
        self.office = Office()
        Platform.objects.update(county_code=self.office.county.code)
        Platform.forget()
        self.open = self.office.opinion(title="放学路上黑", visibility="unnamed")
        self.solved = self.office.opinion(title="水管爆了", words="家门口的水管爆了三天。", visibility="unnamed")
        self.inside = self.office.opinion(title="只给工作人员看", visibility="staff")
        at = NOON + timedelta(days=1)
        replying.answer_now(self.solved, "水管换好了。", "solved", by=self.office.clerk.pk, at=at)
        judging.rate(self.solved, "yes", "yes", words="当天就换好了，孩子高兴。", at=at + timedelta(hours=2))
        Opinion.objects.filter(pk__in=(self.open.pk, self.solved.pk)).update(is_public=True)
        self.editor, self.reviewer = self.person("office_clerk", "周砚"), self.person("office_clerk", "望春和")
        self.leader = self.person("leader", "江月白")
        travel(SIGNING)

    def person(self, role, name):
        """Somebody with this role over the county."""
        user = make_user(name)
        make_grant(user, role, Grant.Scope.PLACE, self.office.county.pk)
        return user

    def begun(self) -> Issue:
        """March's issue, with nothing in it."""
        return drafting.begin(self.office.congress, MONTH, by=self.editor.pk, at=now())

    def add(self, issue, column, thing) -> Item:
        """A matter in a column."""
        return drafting.add(issue, column, thing, by=self.editor.pk, at=now())

    def agree(self, item) -> None:
        """Who spoke agreed on the telephone."""
        item.issue.refresh_from_db()
        drafting.agree(item, "phone", NOON.date(), edition=item.issue.edition, by=self.editor.pk, at=now())

    def filled(self) -> Issue:
        """With one entry in each column, and the consent that one of them needs."""
        issue = self.begun()
        self.add(issue, "hopes", self.open)
        self.add(issue, "progress", self.solved)
        self.agree(self.add(issue, "echoes", self.solved))
        issue.refresh_from_db()
        return issue

    def ready(self) -> Issue:
        """Reviewed; it waits for the leader."""
        issue = self.filled()
        signing.submit(issue, edition=issue.edition, by=self.editor.pk, at=now())
        signing.review(issue, edition=issue.edition, by=self.reviewer.pk, at=now())
        return issue

    def issued(self) -> Issue:
        """Out."""
        issue = self.ready()
        signing.sign(issue, edition=issue.edition, by=self.leader.pk, at=now())
        return Issue.objects.with_matters().get(pk=issue.pk)
