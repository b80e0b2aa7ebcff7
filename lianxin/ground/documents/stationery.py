"""公文模板 Templates that an office or a unit edits: the built-in one to begin with, its own once it was tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.ground.documents import faces
from lianxin.ground.documents.actions import keep, lay
from lianxin.ground.documents.errors import SetMeanwhile
from lianxin.ground.documents.models import FileKind, Letterhead, PaperKind, Template
from lianxin.lib import papers as layout
from lianxin.lib.papers import Form, Imprint, Part

OF_BODIES = {PaperKind.TRANSFER: Form.LETTER, PaperKind.ASSIGNMENT: Form.DOCUMENT, PaperKind.MEETING: Form.PLAIN}
OF_UNITS = {PaperKind.REPLY: Form.LETTER}
SAMPLES: dict[PaperKind, dict[str, Any]] = {
    PaperKind.REPLY: {
        "title": "关于1号建议的答复",
        "to": "章谷雨代表",
        "body": (Part("您提出的建议收悉，现答复如下。"), Part("七盏路灯都修好了。")),
        "attachments": ("修好以后的照片",),
        "imprint": Imprint("县人大常委会办公室"),
        "mark": "A类",
    },
    PaperKind.MEETING: {
        "number": "",
        "title": "集中研判记录",
        "to": "",
        "body": (
            Part("时间：2026年3月2日"),
            Part("主持人：章谷雨"),
            Part("一、QH-2603-0001（柳溪村）", 1),
            Part("反映：七盏路灯不亮。"),
            Part("研判：交县住房和城乡建设局主办（2026年3月2日）。"),
        ),
        "attachments": (),
        "note": "",
        "imprint": Imprint(),
        "copy_number": "",
        "secrecy": "",
        "urgency": "",
    },
}
GIVES: dict[str, str | Promise] = {
    "发文机关": _("红头上的名称"),
    "文号": _("平台编的发文字号"),
    "标题": _("标题；出文时分了行的照样分行"),
    "主送": _("主送单位，后面的冒号自己写"),
    "正文": _("正文各段，一段一段接着排"),
    "附件": _("附件说明，前面空一行，连“附件：”三个字；没有附件就不出现"),
    "落款": _("落款的机关"),
    "日期": _("成文日期"),
    "类别": _("答复的类别，A类这样的标记；没有就整段不出现"),
    "附注": _("联系人等；没有就整段不出现"),
    "抄送": _("抄送单位；没有就整段不出现"),
    "份号": _("份号；没有就整段不出现"),
    "密级": _("密级和保密期限；没有就整段不出现"),
    "紧急程度": _("紧急程度；没有就整段不出现"),
}


def forms(head: Letterhead) -> dict[PaperKind, Form]:
    """The kinds of papers for which whose letterhead it is may bring a template, and the form of each.

    Under a mark of letters (…函) all that have a number are laid out as letters: 文件 above 函〔2026〕1号 contradicts itself (GB/T 9704-2012, 7.2.5 and 10.1).
    """
    own = OF_UNITS if head.unit_id else OF_BODIES
    if not head.mark.endswith("函"):
        return own
    return {kind: form if form == Form.PLAIN else Form.LETTER for kind, form in own.items()}


def sample(head: Letterhead, kind: str) -> layout.Paper:
    """A paper of this kind, made up: by it templates are tried and placeholders explained."""
    what = PaperKind(kind)
    told = layout.Paper(
        forms(head)[what],
        head.issuer,
        f"{head.mark}〔2026〕1号",
        "关于转办群众意见的函",
        to="县住房和城乡建设局",
        body=(Part("近日，有群众反映路灯不亮。现转你单位办理。"), Part("请于3月31日前答复。")),
        attachments=("群众意见一份",),
        signer=head.issuer,
        day=date(2026, 3, 2),
        note=f"联系人：{head.contact or '章谷雨'}",
        imprint=Imprint("县人民政府办公室"),
        copy_number="000001",
        secrecy="秘密★1年",
        urgency="加急",
    )
    return replace(told, **SAMPLES.get(what, {}))


def explained(head: Letterhead, kind: str) -> list[tuple[str, str | Promise, str, bool]]:
    """Each placeholder: how it is written, what it gives, an example, and whether a template must have it."""
    example, told = sample(head, kind), []
    for name, one in layout.PLACEHOLDERS.items():
        if lines := [part.text for part in one.lines(example) if part.text]:
            told.append((f"{{{{{name}}}}}", GIVES[name], " / ".join(lines), layout.needs(example, name)))
    return told


def built_in(head: Letterhead, kind: str) -> bytes:
    """The built-in layout as a template to be edited, its red head as large as fits this issuer."""
    like = sample(head, kind)
    return layout.blank(replace(like, copy_number="", secrecy="", urgency=""), fonts=faces.named())


def take(head: Letterhead, kind: str, file: IO[bytes], *, by: UUID | None, at: datetime) -> Template:
    """Write papers of this kind by what was sent, from now on; the former version stays to be read.

    Raises UploadRefused, TemplateRefused; DiskFull, NotStored.
    """
    from lianxin.ground.documents import vetting  # which opens documents: only whoever sends one needs it

    vetting.vet(file, sample(head, kind))
    laid = lay(file, kind=FileKind.TEMPLATE)
    with _one_at_a_time(head):
        former = Template.objects.of(head, kind)
        version = (former.aggregate(last=Max("version"))["last"] or 0) + 1
        former.in_force().update(left_at=at)
        made = Template.objects.create(head=head, kind=kind, version=version, taken_at=at)
        keep(laid, kind=FileKind.TEMPLATE, owner=made.own, by=by, at=at, body=head.body_id)
        made.tell("template_taken", by=by, at=at)
    return made


def take_again(one: Template, *, instead_of: Template | None, by: UUID | None, at: datetime) -> None:
    """Write papers by an older version again, from now on, `instead_of` the one in force. It is tried anew, as if it was sent.

    Raises SetMeanwhile where another is in force by now, or it is itself; UploadRefused, TemplateRefused; ContentLost.
    """
    from lianxin.ground.documents import vetting

    vetting.vet(BytesIO(one.file.content()), sample(one.head, one.kind))
    with _one_at_a_time(one.head):
        if Template.objects.of(one.head, one.kind).in_force().first() != instead_of or one == instead_of:
            raise SetMeanwhile
        if instead_of:
            Template.objects.filter(pk=instead_of.pk).update(left_at=at)
        Template.objects.filter(pk=one.pk).update(taken_at=at, left_at=None)
        one.tell("template_taken", by=by, at=at)


@contextmanager
def _one_at_a_time(head: Letterhead) -> Iterator[None]:
    with transaction.atomic():
        Letterhead.objects.select_for_update(of=("self",)).get(pk=head.pk)
        yield
