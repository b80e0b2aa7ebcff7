"""An issue on paper: as PDF for A4, in two columns or in large type, and as a Word file. Both from the sheet, and nothing else."""

from collections import OrderedDict
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import segno
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxin.account.bulletin.sheet import Entry, Number, Sheet
from lianxin.ground.documents import faces
from lianxin.lib import papers

TEMPLATE = Path(__file__).with_name("bulletin.typ")
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT = 12
_kept: OrderedDict[str, bytes] = OrderedDict()


class Printed(NamedTuple):
    """What is printed: the sheet, its fingerprint and by which algorithm, and the address under which the platform is reached."""

    sheet: Sheet
    fingerprint: str
    algorithm: str
    base: str


def kept(key: str, draw: Callable[[], bytes]) -> bytes:
    """What was drawn under this key; drawn once, however often it is asked for."""
    if key not in _kept:
        _kept[key] = draw()
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def pdf(told: Printed, *, is_large: bool) -> bytes:
    """A4 in two columns, or one column in large type. In Chinese, whatever language is read. Raises papers.NotDrawn."""
    fonts, sheet = faces.for_pages(), told.sheet
    stacks = {"title": fonts.title, "song": fonts.page, "kai": fonts.second, "sans": fonts.first}
    with override("zh-hans"):
        content = {
            "sheet": sheet.model_dump(mode="json"),
            "is_large": is_large,
            "fonts": {name: [font, *papers.STAND_INS[name == "sans"]] for name, font in stacks.items()},
            "title": f"{sheet.title} {_number(sheet)}",
            "dates": dates(sheet),
            "numbers": [
                [{"told": one.told, "unit": one.unit, "called": called(one, sheet)} for one in row]
                for row in sheet.rows
            ],
            "columns": [
                {"name": one.name, "note": one.note, "entries": [_entry(each, told.base) for each in one.entries]}
                for one in sheet.columns
                if one.entries
            ],
            "correction": corrections_head(),
            "corrections": corrections(sheet),
            "withheld": withheld(),
            "people": people(sheet),
            "seal": seal(told),
            "roots": []
            if is_large
            else [*sheet.roots, *filter(None, [sheet.chain])],  # small print is for the other sheet
            "roots_note": roots_note(),
            "foot": f"{sheet.title} {_number(sheet)}",
            "mark": "",
        }
    return papers.drawn(TEMPLATE, content, at=sheet.as_of).pdf


def _number(sheet: Sheet) -> str:
    return _("第%(number)d期") % {"number": sheet.number}


def dates(sheet: Sheet) -> list[str]:
    """Its number and month, its day, and the day of the lunar calendar."""
    day = f"{date_format(sheet.day, 'DATE_FORMAT')} {sheet.weekday}"
    return [f"{_number(sheet)} · {sheet.month}", day, _("农历%(day)s") % {"day": sheet.lunar}]


def called(one: Number, sheet: Sheet) -> str:
    """Under a figure: what it is, and what it was the month before; or until when it was counted from the beginning on."""
    if one.before:
        return _("%(name)s，上月%(before)s") % {"name": one.name, "before": one.before}
    return _("%(name)s，截至%(day)s") % {"name": one.name, "day": date_format(sheet.day, "MONTH_DAY_FORMAT")}


def corrections_head() -> str:
    """What stands over them."""
    return _("更正")


def corrections(sheet: Sheet) -> list[str]:
    """What was wrong in earlier issues."""
    return [_("第%(number)d期：%(words)s") % {"number": one.number, "words": one.words} for one in sheet.corrections]


def people(sheet: Sheet) -> str:
    """Who brought it out."""
    steps = ((_("签发"), sheet.signed), (_("复核"), sheet.reviewed), (_("编辑"), sheet.compiled))
    return " · ".join(f"{step} {name}" for step, name in steps if name)


def seal(told: Printed) -> str:
    """As of when its figures are, and the fingerprint in groups of four."""
    at = date_format(localtime(told.sheet.as_of), "DATETIME_FORMAT")
    grouped = " ".join(told.fingerprint[at : at + 4] for at in range(0, len(told.fingerprint), 4))
    facts = {"at": at, "algorithm": told.algorithm.upper(), "fingerprint": grouped}
    return _("数字截至%(at)s，不再变。指纹 %(algorithm)s %(fingerprint)s。有错请告诉我们，更正登在下一期。") % facts


def roots_note() -> str:
    """What the roots at the end are."""
    return _("本月每天记录的封存根，末行是封存链。谁也不能悄悄改掉印出来以后的记录：lianxin verify 可以对照。")


def withheld() -> str:
    """What stands where words were taken out."""
    return _("这一条撤下了。")


def _entry(one: Entry, base: str) -> dict[str, Any]:
    told = one.model_dump(mode="json") | {"is_withheld": one.is_withheld, "qr": ""}
    return told | {"qr": _code(base, one.path)} if one.path and not one.is_withheld else told


def _code(base: str, path: str) -> str:
    out = BytesIO()
    segno.make(base.rstrip("/") + path, error="m").save(out, kind="svg", border=1, light="#fff")
    return out.getvalue().decode()


def docx(told: Printed) -> bytes:
    """A Word file that an office may go on with: head, figures as a table, two columns, imprint."""
    from lianxin.account.bulletin.word import write  # python-docx is read by who asks for it

    out = BytesIO()
    with override("zh-hans"):
        write(told, out, faces.named())
    return out.getvalue()
