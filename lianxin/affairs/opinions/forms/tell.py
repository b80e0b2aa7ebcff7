"""The five steps of telling, each a form. Whoever writes for somebody else has a few fields more."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.actions.drafting import MOST_PHOTOS
from lianxin.affairs.opinions.actions.telling import LONGEST
from lianxin.affairs.opinions.errors import NothingSaid, TooLong
from lianxin.affairs.opinions.models import Answers, Channel, Visibility
from lianxin.affairs.opinions.models.opinion import ENTERED
from lianxin.affairs.opinions.rules import Subject
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.forms import PastDayField, needed_when
from lianxin.ground.documents.forms import PhotosField
from lianxin.ground.documents.models import FileKind
from lianxin.ground.documents.receiving import TAKEN, check
from lianxin.ground.messages import channels
from lianxin.ground.people.forms import phone_number
from lianxin.ground.vault.channels import Channel as WayOut
from lianxin.lib.text import clean, is_empty

NAME_NEEDED = _("选了写名字才要填")
LONGEST_VOICE_S = 600  # of what the page records itself; somebody has to listen to all of it


class Words(forms.CharField):
    """What people type or paste, without what nobody sees in it."""

    def to_python(self, value: Any) -> str:
        """The text, cleaned before anything is asked of it."""
        return clean(super().to_python(value) or "")


class StepForm(forms.Form):
    """One step: its fields are named as the answers that they give."""

    def __init__(self, *args: Any, answers: Answers, is_entered: bool, **kwargs: Any) -> None:
        kwargs["initial"] = vars(answers)
        super().__init__(*args, **kwargs)
        self.answers = answers
        if not is_entered:
            for name in [name for name in self.fields if name in self.FOR_SOMEBODY]:
                del self.fields[name]

    FOR_SOMEBODY: tuple[str, ...] = ()

    def answer(self, answers: Answers) -> None:
        """Put what was answered into the draft."""
        for name, value in self.cleaned_data.items():
            if hasattr(answers, name):
                setattr(answers, name, value.isoformat() if isinstance(value, date) else value)


class WhereForm(StepForm):
    """Where exactly; and for whom somebody else speaks, how and when it was said."""

    FOR_SOMEBODY = ("came_by", "said_on")

    came_by = forms.ChoiceField(
        label=_("怎么来的"), choices=[(one.value, one.label) for one in ENTERED], widget=forms.RadioSelect
    )
    said_on = PastDayField(label=_("哪天说的"))
    spot = Words(
        label=_("具体在哪里"),
        help_text=_("组、路名、小区、门口都行。"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "said_on" in self.fields:
            self.initial["said_on"] = self.answers.said_on or today.isoformat()


class WhatForm(StepForm):
    """What it is: words, or a voice; photos."""

    FOR_SOMEBODY = ("scan",)

    words = Words(
        label=_("您的话"),
        help_text=_("什么时候开始的、有多少人受影响、您希望怎么办。一次说一件事。"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    photos = PhotosField(required=False, most=MOST_PHOTOS)
    voice = forms.FileField(
        label=_("录音"),
        help_text=_("不方便打字，就用手机录一段（最多10兆）。工作人员听了写成文字，原声不给部门、不公开。"),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": "audio/*", "data-bytes": TAKEN[FileKind.VOICE].sent, "data-seconds": LONGEST_VOICE_S}
        ),
    )
    scan = forms.FileField(
        label=_("信件扫描件"),
        help_text=_("PDF或照片。部门看不到原件，只看您照着写的文字。"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )

    def __init__(self, *args: Any, there: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = list(there)
        self._ask_for_what_fits()

    def stays(self, there: Iterable[Any]) -> None:
        """These files are kept though something else has to be mended: they are not asked for again."""
        self.there = list(there)
        self._ask_for_what_fits()

    def _ask_for_what_fits(self) -> None:
        room = MOST_PHOTOS - sum(file.kind == FileKind.PHOTO for file in self.there)
        if room <= 0:
            self.fields.pop("photos", None)
        elif "photos" in self.fields:
            photos: Any = self.fields["photos"]
            photos.widget.most = room  # more may come in where the same are sent again; see drafting
        if self._has(FileKind.VOICE):
            self.fields.pop("voice", None)

    def _has(self, kind: FileKind) -> bool:
        return any(file.kind == kind for file in self.there)

    def clean_words(self) -> str:
        """No longer than one matter."""
        words: str = self.cleaned_data["words"]
        if len(words) > LONGEST:
            raise forms.ValidationError(str(TooLong(LONGEST)))
        return words

    def clean_voice(self) -> Any:
        """A sound."""
        return self._checked("voice", FileKind.VOICE)

    def clean_scan(self) -> Any:
        """A letter on paper."""
        return self._checked("scan", FileKind.SCAN)

    def clean(self) -> dict[str, Any]:
        """Words or a voice: one of them."""
        told = super().clean() or {}
        has_voice = told.get("voice") or self._has(FileKind.VOICE) or "voice" in self.errors
        if "words" in told and is_empty(told["words"]) and not has_voice:
            self.add_error("words", str(NothingSaid()))
        return told

    def _checked(self, name: str, kind: FileKind) -> Any:
        upload = self.cleaned_data[name]
        if upload:
            try:
                check(upload, kind)
            except RuleError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


class SubjectForm(StepForm):
    """What it is about. Nobody has to know."""

    subject = forms.ChoiceField(required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, subjects: Mapping[str, Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, one.called) for code, one in subjects.items()]
        self.fields["subject"] = forms.ChoiceField(
            label=_("归到哪一类"), required=False, choices=choices, widget=forms.RadioSelect
        )


class SeenForm(StepForm):
    """Who may see it. Nothing is chosen before the author chooses."""

    visibility = forms.ChoiceField(
        label=_("谁能看到"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种：谁能看到这件事。")},
    )
    shown_name = needed_when(
        Words(
            label=_("公开时写的名字"),
            help_text=_("小名、姓氏都行。"),
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        ),
        NAME_NEEDED,
    )

    def clean(self) -> dict[str, Any]:
        """A name that is to be shown has to be written."""
        told = super().clean() or {}
        if told.get("visibility") == Visibility.NAMED and not told.get("shown_name"):
            self.add_error("shown_name", _("您选了写上名字，请写公开时用的名字；不想写，就选“不写名字”。"))
        return told


class SendForm(StepForm):
    """How the author is told, and that the author agrees."""

    FOR_SOMEBODY = ("is_read_back",)
    field_order = ("name", "told_by", "phone", "email", "is_read_back", "agrees")

    name = Words(
        label=_("您的姓名"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("您的电话"),
        help_text=_("部门看不到。只用来告诉您答复。"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )
    told_by = forms.ChoiceField(label=_("有了答复，怎么告诉您"), required=False, widget=forms.RadioSelect)
    is_read_back = forms.BooleanField(
        label=_("照说话人的原话写的，念给本人听过"), error_messages={"required": _("请先把写下的念给本人听一遍。")}
    )
    agrees = forms.BooleanField(
        label=_("我看过上面的隐私告知，同意"),
        error_messages={"required": _("要您同意隐私告知，才能收下。不同意的话，请打电话或当面说。")},
    )

    def __init__(self, *args: Any, ways: Mapping[str, str], is_entered: bool, **kwargs: Any) -> None:
        super().__init__(*args, is_entered=is_entered, **kwargs)
        choices = [("", _("不用告诉我，我凭查询码自己查")), *ways.items()]
        self.fields["told_by"].choices = choices
        if not ways:
            del self.fields["told_by"]
        if "email" not in ways:
            del self.fields["email"]  # nothing is asked for that nothing would be sent to
        for code, label in ways.items():
            needed_when(self.fields[channels.channel(code).way], _("选了“%(way)s”就要填") % {"way": label})
        if is_entered:
            if ways:
                self.fields["told_by"].label = _("有了答复，怎么告诉说话人")
                self.fields["told_by"].choices = [("", _("不用告诉，说话人凭查询码自己查")), *ways.items()]
            self.fields["agrees"].label = _("隐私告知念给本人听过，本人同意")
            self.fields["name"].label, self.fields["phone"].label = _("说话人的姓名"), _("说话人的电话")
            for name in ("name", "phone", "email"):
                if name in self.fields:
                    self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_phone(self) -> str:
        """A number that can be called."""
        return phone_number(clean(self.cleaned_data["phone"]))

    def clean(self) -> dict[str, Any]:
        """Who wants to be told says where."""
        told = super().clean() or {}
        if told.get("email") and not told.get("told_by"):
            self.add_error("told_by", _("您写了邮箱，又选了不用告诉您。要发邮件就选“电子邮件”，不要就把邮箱删去。"))
        if told.get("told_by"):
            self._reached(channels.channel(told["told_by"]), told)
        return told

    def _reached(self, channel: WayOut, told: dict[str, Any]) -> None:
        missing = {"email": _("您选了发邮件，请写邮箱。"), "phone": _("您选了发短信，请写手机号。")}
        if channel.way in self.errors:
            return
        if not (address := told.get(channel.way)):
            self.add_error(channel.way, missing[channel.way])
        elif not channel.takes(address):
            self.add_error(channel.way, _("座机收不到短信。请写手机号，或者换一种告知方式。"))


def came_by(answers: Answers) -> Channel:
    """How it came in."""
    return Channel(answers.came_by) if answers.came_by in ENTERED else Channel.ONLINE
