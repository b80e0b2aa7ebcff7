"""The feed of news and notices: what their pages show, told anew where it was corrected."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianxin.account.publishing.feeds import Entry, Feed
from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.rules import rules_on
from lianxin.account.publishing.telling import begin
from lianxin.ground.core.clock import now, today

LATEST = 30


def latest() -> Feed:
    """What is public now, what was begun last first. One query."""
    found = list(Wording.objects.public(now()).order_by("-public_from", "-id")[:LATEST])
    state = [(one.pk, one.edition) for one in found]
    updated = max((one.told_at for one in found), default=begin())
    return Feed(_("消息"), reverse("publishing:news"), localtime(updated), state, lambda: _entries(found))


def _entries(found: list[Wording]) -> list[Entry]:
    rules = rules_on(today())
    return [
        Entry(
            f"news/{one.announcement_id}",
            one.title,
            one.announcement.public_url,
            localtime(one.told_at),
            _drawn(one),
            rules.category(one.category),
        )
        for one in found
    ]


def _drawn(one: Wording) -> str:
    """The text, below what was corrected in it."""
    corrected = format_html("<p>{}</p>", _("更正：%(change)s") % {"change": one.change}) if one.corrected_at else ""
    return corrected + one.html
