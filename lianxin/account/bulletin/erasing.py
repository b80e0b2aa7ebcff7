"""An author's words go from every issue, when they go from the platform."""

from datetime import datetime

from lianxin.account.bulletin.holding import State, holding, tell
from lianxin.account.bulletin.models import Item
from lianxin.affairs.opinions.models import Opinion


def forget(opinion: Opinion, at: datetime) -> None:
    """Drafts lose the entry, so whoever read them reads them once more; what is out loses its words, and its fingerprint holds.

    The opinion's row is held already; `signing.sign` holds it before the issue too.
    """
    for item in Item.objects.filter(opinion=opinion).select_related("issue").order_by("issue"):
        with holding(item.issue, *State) as held:
            if held.is_issued:
                held.take_out(str(item.pk))
            item.delete()
            tell(held, "bulletin.forgotten", by=None, at=at)
