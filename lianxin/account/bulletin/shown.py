"""An issue as everybody reads it today: as it was issued, without what is public no more."""

from lianxin.account.bulletin.models import Issue
from lianxin.account.bulletin.sheet import Sheet


def shown(issue: Issue) -> Sheet:
    """The sheet of an issue that is out. What it tells of a matter that is not public any more is withheld.

    The issue was read `with_matters`.
    """
    sheet = issue.sheet
    for item in issue.items.all():
        if not item.is_public:
            sheet = sheet.without(str(item.pk))
    return sheet
