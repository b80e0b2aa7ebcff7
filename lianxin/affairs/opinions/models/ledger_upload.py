"""A ledger of opinions on its way into the platform."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.models import Station
from lianxin.ground.core.models import Upload


class LedgerUpload(Upload):
    """台账上传 A table of opinions that somebody brought: looked at, taken over when they say so, then thrown away.

    `station`: whose book it is, where that was said. The report holds counts, days and cells, and nobody's words.
    """

    FOLDER = "ledgers/"

    file = models.FileField(_("文件"), upload_to=FOLDER)
    station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="+", verbose_name=_("站点"))

    class Meta:
        verbose_name = _("台账上传")
        indexes = [models.Index(fields=["by", "-made_at"], name="ledger_upload_of_user")]
