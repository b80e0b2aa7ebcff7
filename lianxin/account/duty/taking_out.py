"""What another version would change, as a list that is taken out to Excel."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.ground.rulebook.exports import Column, Listing

WHAT_IF = Listing(
    "what_if",
    _("换一份办法会怎样"),
    (
        Column("party", pgettext_lazy("head", "对象"), 20, lambda told: told.change.party.name),
        Column("of", _("哪里的"), 30, lambda told: told.of),
        Column("before", _("原来"), 12, lambda told: told.before),
        Column("after", _("改后"), 12, lambda told: told.after),
        Column("difference", _("相差"), 12, lambda told: told.difference),
        Column("grade", pgettext_lazy("head", "等次"), 20, lambda told: told.grade),
        Column("missed", _("没做到的要求"), 16, lambda told: told.missed),
    ),
)
