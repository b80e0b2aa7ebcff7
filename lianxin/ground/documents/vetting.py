"""查验 What an office sends as a template: a Word document that brings nothing along but words and looks.

It is opened by everybody who opens a paper, and by LibreOffice here: what could run, fetch or hide is refused, not cleaned.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from docx import Document
from docx.opc.exceptions import OpcError

from lianxin.ground.core.uploads import DOCX, MEGABYTE, Limits, UploadRefused, need
from lianxin.ground.documents import faces
from lianxin.ground.documents.errors import TemplateRefused, told_of
from lianxin.lib import papers as layout

LIMITS = Limits(sent=5 * MEGABYTE, unpacked=20 * MEGABYTE, parts=300)
BROKEN = (  # what zipfile, lxml and python-docx raise for files that were cut, garbled or made to harm
    *(ArithmeticError, AttributeError, LookupError, NotImplementedError, OSError, RuntimeError, SyntaxError, TypeError),
    *(ValueError, zipfile.BadZipFile, zlib.error, OpcError, DefusedXmlException),
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES"}  # others fetch, run or change with the day
BESIDE = ("/", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".odttf")  # pictures and fonts
MACROS = re.compile(r"macroEnabled|vbaProject|vbaData|keyMapCustomizations", re.IGNORECASE)
PLAIN = {  # the last word of the relations between parts that Word, WPS and LibreOffice write for words, tables and pictures
    *("officeDocument", "core-properties", "extended-properties", "extendedProperties", "custom-properties"),
    *("customProperties", "thumbnail", "customXml", "customXmlProps", "classificationlabels", "intelligence", "people"),
    *("styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "font", "theme", "themeOverride"),
    *("numbering", "header", "footer", "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds"),
    *("commentsExtensible", "glossaryDocument", "bibliography", "image", "hyperlink", "hdphoto"),
}
ADDRESS = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
HAS_MACROS = _("里面有宏。请另存为普通的“Word文档（.docx）”，再传。")
HAS_OBJECTS = _("里面嵌了别的文件或控件。请删去，只留文字、表格和图片，再传。")
REVISED = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "comment", "commentReference")}
REMOTE_TEMPLATE = "attachedTemplate"


def vet(file: IO[bytes], sample: layout.Paper) -> bytes:
    """The template that was sent, whole and tried with a sample. Raises UploadRefused, TemplateRefused, which say what to mend."""
    need(file, DOCX, limits=LIMITS)
    try:
        _look_inside(file)
        file.seek(0)
        content = file.read()
        if found := layout.mistakes(content, sample):
            raise TemplateRefused([told_of(one) for one in found])
        _try(content, sample)
    except BROKEN as broken:
        raise UploadRefused(_("这个文件坏了，打不开。请用Word或WPS打开它，另存一份再传。")) from broken
    return content


def _look_inside(file: IO[bytes]) -> None:
    with zipfile.ZipFile(file) as packed:
        names = packed.namelist()
        if len(set(names)) < len(names):
            raise ValueError("a part is there twice")
        for name in names:
            if MACROS.search(name):
                raise TemplateRefused([HAS_MACROS])
            if name.endswith((".xml", ".rels")):
                if why := next(_against(fromstring(packed.read(name), forbid_dtd=True)), None):
                    raise TemplateRefused([why])
            elif not name.lower().endswith(BESIDE):
                raise TemplateRefused([HAS_OBJECTS])


def _against(root: Any) -> Iterator[str | Promise]:
    """Why a part is refused, whatever it is called."""
    for one in root.iter():
        kind, name = one.get("ContentType", ""), one.get("PartName") or f".{one.get('Extension', '')}"
        if kind.endswith("xml") and not name.endswith((".xml", ".rels")):
            raise ValueError("a part that would be read and was not looked into")
        told = f"{one.get('Type', '')} {kind}"
        if MACROS.search(told):
            yield HAS_MACROS
        elif one.get("Type", "").endswith(REMOTE_TEMPLATE):
            yield _("它挂着另一个模板文件。请在Word“开发工具—文档模板”里改回Normal，再传。")
        elif _is_foreign(one):
            yield HAS_OBJECTS
        elif one.tag == f"{W}mailMerge":
            yield _("里面有邮件合并，打开时会去取别处的数据。请在“邮件—开始邮件合并”里改回普通Word文档，再传。")
        elif one.tag in REVISED:
            yield _("里面有修订或批注，出的公文都会带着。请接受修订，删去批注，再传。")
        elif target := next(_addresses(one), ""):
            yield gettext("里面有指向外面的链接或图片：%(target)s。请删去链接，图片改为直接插入，再传。") % {
                "target": target[:80]
            }
    for name in _fields(root):
        if name not in FIELDS:
            yield gettext("里面有域“%(field)s”，它会随打开的电脑变。请改成文字；只有页码可以用域。") % {
                "field": name[:40]
            }


def _is_foreign(one: Any) -> bool:
    """Whether it is, or leads to, a part that plain documents do not have: objects, controls, add-ins, data sources."""
    if one.tag.rpartition("}")[2] == "Relationship":
        return one.get("Type", "").rpartition("/")[2] not in PLAIN
    return one.tag in (f"{W}object", f"{W}altChunk")


def _addresses(one: Any) -> Iterator[str]:
    """Where something of it would be fetched or opened outside of the document."""
    if one.get("TargetMode", "").lower() == "external":
        yield one.get("Target") or "?"
    for name, value in one.attrib.items():
        if name.rpartition("}")[2].lower() in ("href", "althref", "src") and ADDRESS.match(value):
            yield value


def _fields(root: Any) -> Iterator[str]:
    """The name of each field: what Word works out when the document is opened. One may stand in another."""
    told: list[str] = []
    for one in root.iter():
        kind = one.get(f"{W}fldCharType")
        if one.tag == f"{W}fldSimple":
            yield _name(one.get(f"{W}instr", ""))
        elif one.tag == f"{W}instrText":
            if not told:
                raise ValueError("an instruction outside of a field")
            told[-1] += one.text or ""
        elif kind == "begin":
            told.append("")
        elif kind == "end":
            yield _name(told.pop())
    if told:
        raise ValueError("a field without an end")


def _name(instruction: str) -> str:
    return next(iter(instruction.split()), "").upper()


def _try(content: bytes, sample: layout.Paper) -> None:
    """Fill it once before anybody relies on it, and open what came out. Raises what a broken document does."""
    Document(BytesIO(layout.fill(content, sample, fonts=faces.named())))
