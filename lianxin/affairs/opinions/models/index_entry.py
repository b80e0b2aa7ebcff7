"""Under which number an opinion stands in the index of words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models.opinion import Opinion


class IndexEntry(models.Model):
    """检索条目 The number of an opinion in the index: later ones came in later. Derived; see search."""

    id = models.BigAutoField(primary_key=True)
    opinion = models.OneToOneField(Opinion, models.CASCADE, related_name="entry", verbose_name=_("群众意见"))

    class Meta:
        verbose_name = _("检索条目")

    def __str__(self) -> str:
        return str(self.opinion_id)
