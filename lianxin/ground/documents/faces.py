"""字体 The fonts of papers: which of them the operator named, and which this computer has."""

from collections.abc import Iterator
from dataclasses import asdict, astuple
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.doctor import Answer, Check, fine, soon
from lianxin.ground.documents import printing
from lianxin.lib import papers as layout
from lianxin.lib.papers import Fonts

LIST = ["fc-list", "--format", "%{file}\t%{index}\t%{family}\n", ":"]


def named() -> Fonts:
    """The five faces of a paper, as the settings name them."""
    return Fonts(**settings.PAPER_FONTS)


def missing() -> list[str]:
    """Those of them that this computer lacks, for which a PDF shows others."""
    return [name for name in dict.fromkeys(astuple(named())) if name.casefold() not in _known()]


def for_pages() -> Fonts:
    """The five faces by the names under which the built-in layout finds them: a font has one in each language."""
    return Fonts(**{face: _known().get(name.casefold(), name) for face, name in asdict(named()).items()})


@cache
def _known() -> dict[str, str]:
    """Every name of every font of this computer, in small letters, and the one by which the built-in layout knows it.

    Asked once: a font that is installed while a worker runs is seen by the next one.
    """
    families = layout.families()
    known = {name.casefold(): name for name in families.values()}
    for line in _listed().splitlines():
        file, index, names = line.split("\t")
        family = families.get((file, int(index) & 0xFFFF))  # above stands which variation of it
        known |= {name.strip().casefold(): family for name in names.split(",") if family}
    return known


def _listed() -> str:
    """What fontconfig knows; nothing where it is absent."""
    if not (program := printing.first(LIST[:1])):
        return ""
    try:
        return printing.run([program, *LIST[1:]])
    except printing.NotPrinted:
        return ""


def papers_can_be_printed() -> Iterator[Answer]:
    """Is there what prints papers, and are their fonts there?"""
    if not printing.first(printing.PROGRAMS):
        yield soon(
            _("没有LibreOffice：PDF用内置版式"),
            _("要从Word文档转PDF，请安装LibreOffice Writer（例如 apt-get install libreoffice-writer）。"),
        )
    if lacking := missing():
        yield soon(
            _("缺字体：%(fonts)s。PDF里用别的字体代替") % {"fonts": "、".join(lacking)},
            _("请安装这些字体，或者用 LIANXIN_FONT_BODY 等设置写明用哪些，再重启平台。"),
        )
    else:
        yield fine(_("公文用的字体都有"))


CHECKS = (Check("documents.papers", gettext_lazy("公文打印"), papers_can_be_printed),)
