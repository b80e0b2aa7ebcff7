"""A roster on its way into the platform."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Upload


class RosterUpload(Upload):
    """名册上传 A workbook that somebody brought: checked first, taken over when that person says so, then thrown away."""

    FOLDER = "roster/"

    file = models.FileField(_("文件"), upload_to=FOLDER)

    class Meta:
        verbose_name = _("名册上传")
        indexes = [models.Index(fields=["by", "-made_at"], name="roster_upload_of_user")]
