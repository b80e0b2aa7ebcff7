"""What an office says of a live stream, as a form. `thing` is the announcement."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.forms import MomentField
from lianxin.account.publishing.models import Announcement, Stream
from lianxin.account.publishing.rules import PublishingRules
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm
from lianxin.ground.rulebook import in_force


class StreamForm(ActForm):
    """写上直播"""

    title, act, refused_at = _("写上直播"), _("存下直播"), "link"
    link = forms.URLField(label=_("直播链接"), max_length=300, assume_scheme="https")
    starts_at = MomentField(label=_("直播开始"))
    ends_at = MomentField(label=_("直播结束"))

    def __init__(self, thing: Announcement, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["starts_at"].required = fields["ends_at"].required = True
        hosts = in_force(today(), thing.body_id).section(PublishingRules).streams
        fields["link"].help_text = gettext("只能是这些网站的：%(hosts)s。") % {"hosts": gettext("、").join(hosts)}
        if standing := Stream.objects.filter(announcement=thing).first():
            told = {"link": standing.link, "starts_at": standing.starts_at, "ends_at": standing.ends_at}
            self.initial.update(told)

    def verb(self, **facts: Any) -> None:
        """Say where it is watched."""
        Stream.lead_to(self.thing, facts.pop("link"), facts.pop("starts_at"), facts.pop("ends_at"), **facts)
