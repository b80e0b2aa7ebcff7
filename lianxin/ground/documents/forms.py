"""The field for photos, and what a body says once for all its papers."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.forms import ActForm, UploadField
from lianxin.ground.documents import papers
from lianxin.ground.documents.errors import OneOfMany, TooMany
from lianxin.ground.documents.models import FileKind, Letterhead, Paper
from lianxin.ground.documents.receiving import MEDIA_TYPES, check
from lianxin.ground.people.models import Body, Unit

MARK = re.compile(r"[\u4e00-\u9fff]{1,16}")
ACCEPT = "image/*,.heic,.heif"  # some browsers do not count HEIC among images


class PhotosInput(forms.FileInput):
    """Several inputs of one file each, all of one name: works in every browser, without JavaScript.

    One input with `multiple` would be shorter, but a second choice there replaces the first, and the camera gives one
    photo at a time: who photographs twice would lose the first. An input each lets one be changed alone. `capture` is
    left out: it would keep people from photos that they took before.
    """

    template_name = "documents/photos.html"

    def __init__(self, most: int, attrs: dict[str, Any] | None = None):
        super().__init__({"accept": ACCEPT} | (attrs or {}))
        self.most = most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As Django's; with an id and a label for each input, of which the first has the id of the field."""
        context = super().get_context(name, None, attrs)
        widget = context["widget"]
        base = widget["attrs"].pop("id", f"id_{name}")
        widget["attrs"].pop("required", None)
        widget["inputs"] = [
            {"id": base if number == 1 else f"{base}_{number}", "number": number} for number in range(1, self.most + 1)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """Everything that was chosen, in order."""
        chosen = files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []
        return [file for file in chosen if file]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether nothing was chosen."""
        return name not in files

    def use_required_attribute(self, initial: Any) -> bool:
        """No: not every input has to be filled."""
        return False


class PhotosField(forms.Field):
    """Up to `most` photos. Clean, it is a list of uploads for `lay_all`; what is plainly wrong is told beside the field.

    Judged here: number, bytes, kind by content, pixels. That a photo is broken inside shows when it is laid.
    """

    default_error_messages = {"required": _("请至少选一张照片。")}

    def __init__(self, *, most: int = 4, **kwargs: Any):
        kwargs.setdefault("label", _("照片"))
        kwargs.setdefault("help_text", _("每张最多30兆，苹果手机的HEIC也行。拍摄地点等信息会去掉。"))
        super().__init__(widget=PhotosInput(most), **kwargs)
        self.most = most

    def clean(self, value: list[UploadedFile]) -> list[UploadedFile]:
        """The uploads, each left at its beginning. Raises ValidationError with the words of the first that is refused."""
        value = super().clean(value)
        if len(value) > self.most:
            raise forms.ValidationError(str(TooMany(self.most)))
        for number, upload in enumerate(value, 1):
            try:
                check(upload, FileKind.PHOTO)
            except RuleError as refusal:
                told = OneOfMany(number, str(refusal)) if len(value) > 1 else refusal
                raise forms.ValidationError(str(told)) from refusal
        return value


class AttachmentField(UploadField):
    """A file that stands beside something: PDF, Word, Excel or a picture. Clean, it is fit to be kept."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,image/*"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, left at its beginning. Raises ValidationError with the words of the refusal."""
        if upload := super().clean(data, initial):
            try:
                check(upload, FileKind.ATTACHMENT)
            except RuleError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


class TemplateForm(forms.Form):
    """A template to be taken. What is in it is judged by its content, when it is."""

    file = UploadField(
        label=_("改好的模板"),
        help_text=_("Word文档（.docx），不超过5兆。先查验、试填，都对才启用。"),
        widget=forms.ClearableFileInput(attrs={"accept": f".docx,{MEDIA_TYPES['docx']}"}),
    )


class PrintForm(ActForm):
    """印发 How many copies of a paper, which is `thing`, were printed, and for whom."""

    title = act = _("记一次印发")
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=9_999, initial=1)
    to = forms.CharField(label=_("发给"), help_text=_("主送、抄送和存档的，都写上。"), max_length=200)
    runs = forms.IntegerField(widget=forms.HiddenInput, min_value=0)  # what is pressed twice is noted once

    def __init__(self, thing: Paper, *args: Any, **kwargs: Any) -> None:
        copied = thing.content["imprint"]["copies_to"] if thing.content else ""
        to = "，".join(filter(None, (thing.to, copied, gettext("存档"))))[:200]
        kwargs["initial"] = {"to": to, "runs": papers.runs_of(thing).count()}
        super().__init__(thing, *args, **kwargs)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("记下了这次印发。")

    def verb(self, **facts: Any) -> None:
        """Note it."""
        papers.print_out(self.thing, **facts)


class LetterheadForm(ActForm):
    """发文机关 Said once for a body or a unit, and then stands on every paper of it."""

    title, act = _("发文机关"), _("存下")
    issuer = forms.CharField(
        label=_("发文机关"),
        help_text=_("红头上的全称，或者规范化简称。"),
        max_length=40,
    )
    mark = forms.CharField(
        label=_("机关代字"),
        help_text=_("文号里年份前面的几个字，不写年份和号：〔2026〕1号由平台接着编。"),
        max_length=16,
    )
    contact = forms.CharField(
        label=_("联系人和电话"),
        help_text=_("写在附注里：“（联系人：……）”。"),
        max_length=60,
        required=False,
    )

    def __init__(self, thing: Letterhead | None, *args: Any, **kwargs: Any) -> None:
        self.owner: Body | Unit = kwargs.pop("owner")
        kwargs.setdefault("initial", {name: getattr(thing, name, "") for name in self.base_fields})
        super().__init__(thing, *args, **kwargs)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("存下了，以后出的公文都这样写。")

    def clean_mark(self) -> str:
        """Signs alone: year and number are added."""
        mark: str = self.cleaned_data["mark"]
        if not MARK.fullmatch(mark):
            raise forms.ValidationError(gettext("机关代字只用汉字，比如“青人办函”，不写年份、括号和号。"))
        return mark

    def verb(self, **facts: Any) -> None:
        """Lay it down."""
        Letterhead.lay_down(self.owner, **facts)
