"""All words with which this app says no."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.errors import RuleError


class OwnPhoto(RuleError):
    """Whoever took a photo in does not make it public."""

    def __init__(self) -> None:
        super().__init__(_("这张照片是您传的，要由另一个人看过才能公开。请站点、乡镇或办公室的同事打开这一页。"))
