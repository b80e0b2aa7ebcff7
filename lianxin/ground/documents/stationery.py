"""公文模板 Templates that an office edits: the built-in one to begin with, its own once it was tried."""

from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.ground.documents import faces
from lianxin.ground.documents.actions import keep, lay
from lianxin.ground.documents.models import FileKind, Letterhead, PaperKind, Template
from lianxin.lib import papers as layout
from lianxin.lib.papers import Form, Imprint, Part

FORMS = {PaperKind.TRANSFER: Form.LETTER, PaperKind.ASSIGNMENT: Form.DOCUMENT}
GIVES: dict[str, str | Promise] = {
    "发文机关": _("红头上的名称"),
    "文号": _("平台编的发文字号"),
    "标题": _("标题；出文时分了行的照样分行"),
    "主送": _("主送单位，后面的冒号自己写"),
    "正文": _("正文各段，一段一段接着排"),
    "附件": _("附件说明，前面空一行，连“附件：”三个字；没有附件就不出现"),
    "落款": _("落款的机关"),
    "日期": _("成文日期"),
    "附注": _("联系人等；没有就整段不出现"),
    "抄送": _("抄送单位；没有就整段不出现"),
    "份号": _("份号；没有就整段不出现"),
    "密级": _("密级和保密期限；没有就整段不出现"),
    "紧急程度": _("紧急程度；没有就整段不出现"),
}


def sample(head: Letterhead, kind: str) -> layout.Paper:
    """A paper of this kind, made up: by it templates are tried and placeholders explained."""
    return layout.Paper(
        FORMS[PaperKind(kind)],
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


def explained(head: Letterhead, kind: str) -> list[tuple[str, str | Promise, str, bool]]:
    """Each placeholder: how it is written, what it gives, an example, and whether a template must have it."""
    example = sample(head, kind)
    return [
        (
            f"{{{{{name}}}}}",
            GIVES[name],
            " / ".join(part.text for part in one.lines(example) if part.text),
            one.is_needed,
        )
        for name, one in layout.PLACEHOLDERS.items()
    ]


def built_in(head: Letterhead, kind: str) -> bytes:
    """The built-in layout as a template to be edited, its red head as large as fits this issuer."""
    return layout.blank(
        layout.Paper(FORMS[PaperKind(kind)], head.issuer, "", "", urgency="", secrecy=""), fonts=faces.named()
    )


def take(head: Letterhead, kind: str, file: IO[bytes], *, by: UUID | None, at: datetime) -> Template:
    """Write papers of this kind by what was sent, from now on; the former version stays to be read.

    Raises UploadRefused, TemplateRefused; DiskFull, NotStored.
    """
    from lianxin.ground.documents import vetting  # which opens documents: only whoever sends one needs it

    assert head.body_id, "units have no templates"
    vetting.vet(file, sample(head, kind))
    laid = lay(file, kind=FileKind.TEMPLATE)
    with transaction.atomic():
        Letterhead.objects.select_for_update(of=("self",)).get(pk=head.pk)  # one at a time
        former = Template.objects.of(head, kind)
        version = (former.aggregate(last=Max("version"))["last"] or 0) + 1
        former.in_force().update(left_at=at)
        made = Template.objects.create(body_id=head.body_id, kind=kind, version=version, taken_at=at)
        keep(laid, kind=FileKind.TEMPLATE, owner=made.own, by=by, at=at, body=head.body_id)
        made.tell("documents.template_taken", by=by, at=at)
    return made
