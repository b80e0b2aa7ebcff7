"""A list of ties on its way into the platform."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Upload


class TieUpload(Upload):
    """结对表上传 A list of ties that somebody brought: checked first, taken over whole or not at all, then thrown away.

    It holds names and phones of residents, so its file goes as soon as it was taken over or refused, and its report
    tells neither.
    """

    FOLDER = "ties/"

    file = models.FileField(_("文件"), upload_to=FOLDER)

    class Meta:
        verbose_name = _("结对表上传")
        indexes = [models.Index(fields=["by", "-made_at"], name="tie_upload_of_user")]
