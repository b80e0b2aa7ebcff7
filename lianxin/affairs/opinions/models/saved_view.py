"""A filter that somebody keeps."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class SavedView(Record):
    """存下的视图 A view of the inbox with its filters, under a name of one's own; nobody else's business."""

    MOST = 12  # for one person: more than fit beside a list are no help

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("谁的"))
    name = models.CharField(_("名称"), max_length=20)
    query = models.CharField(_("条件"), max_length=400)

    class Meta:
        verbose_name = _("存下的视图")
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_is_called_once")]

    def __str__(self) -> str:
        return self.name
