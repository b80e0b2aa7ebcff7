"""What an author says later: kept beside the event, so that it is looked at, redacted and found like what was told first."""

from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.models import Addition, Opinion, Privacy
from lianxin.ground.core.models import Event
from lianxin.lib.text.private import find


def keep(opinion: Opinion, event: Event, words: str) -> None:
    """`words` were said with `event`. May they give somebody away, no page shows the matter in public before it is looked at."""
    Addition.objects.create(opinion=opinion, event=event, text=words)
    if find(words):
        Opinion.objects.filter(pk=opinion.pk).update(privacy=Privacy.FOUND, is_public=False)
    search.reindex(opinion.pk)
