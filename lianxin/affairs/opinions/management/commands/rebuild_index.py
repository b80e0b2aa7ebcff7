"""`lianxin rebuild index`: make the index of words anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lianxin.affairs.opinions import search


class Command(BaseCommand):
    """All of it in one transaction: whoever searches meanwhile uses the one before."""

    help = "重建意见的检索"

    def handle(self, **options: Any) -> None:
        """Rebuild, and tell how many there are."""
        self.stdout.write(_("检索已重建：%(count)s条") % {"count": number_format(search.rebuild())})
