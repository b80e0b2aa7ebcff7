"""The section `publishing` of a preset: the categories of what offices publish, and where they stream."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions.rules import Reason
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.blocks import NONE, Block, Flag, Named, Text
from lianxin.ground.rulebook.errors import NothingInForce


class Category(Reason):
    """消息类别 `asks`: news of it asks residents something, and is not published without a question."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"asks": gettext_lazy("要有问题才公布")}

    asks: Flag = False


class PublishingRules(Block):
    """公布 What places decide for themselves about news and notices."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("公布消息")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "categories": gettext_lazy("消息类别"),
        "streams": gettext_lazy("直播的网站"),
    }

    categories: Named[Category] = NONE
    streams: tuple[Text, ...] = ()

    def category(self, code: str) -> str:
        """What a category is called; one that these rules no longer know by its code."""
        return self.categories[code].called if code in self.categories else code


def rules_on(day: date) -> PublishingRules:
    """What the platform's rules say of news; nothing where none are in force."""
    try:
        return in_force(day).section(PublishingRules)
    except NothingInForce:
        return PublishingRules()
