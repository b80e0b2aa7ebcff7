"""What an author says after the telling."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models.opinion import Opinion
from lianxin.ground.core.models import Event, EventText, Record

NAMES = {"opinions.more_told": "words", "opinions.corrected": "words", "opinions.reopened": "reason"}


class Addition(Record):
    """补充 What an author added, put right, or gave as the reason for a second round, in their own words.

    `text` is what staff and units read: the words as they were written, or what redacting left of them. The words as
    written stand in the record, as a text of `event`, and go with the others of the opinion.
    """

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="additions", verbose_name=_("群众意见"))
    event = models.OneToOneField(Event, models.PROTECT, related_name="+", verbose_name=_("事件"))
    text = models.TextField(_("内容"))

    class Meta:
        verbose_name = _("补充")
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.opinion_id)

    def words(self) -> str:
        """The words as they were written; empty once they are erased. One query."""
        told = EventText.objects.filter(event=self.event_id, name=NAMES[self.event.kind])
        return told.values_list("text", flat=True).first() or ""
