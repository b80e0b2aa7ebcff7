"""Forms about people."""

import unicodedata
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core import workbooks
from lianxin.ground.core.forms import DayInput, UploadField
from lianxin.ground.core.uploads import XLSX, UploadRefused, need
from lianxin.ground.people.models import Body
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.unpacking import LIMITS


class RosterForm(forms.Form):
    """A workbook to be checked. What is in it is judged by its content, not its name."""

    file = UploadField(
        label=_("名册文件"),
        help_text=_("Excel 工作簿（.xlsx），不超过30兆。先核对，您看过再导入。"),
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{workbooks.MEDIA_TYPE}"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is no workbook, or too large to be a roster."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            need(file, XLSX, limits=LIMITS)
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file


class DeputyFilter(forms.Form):
    """Which deputies to show. Every field may be left out; what cannot be understood is left out with a word."""

    q = forms.CharField(label=_("姓名或拼音"), required=False, max_length=40, strip=True)
    level = forms.ChoiceField(label=_("级别"), required=False)
    trade = forms.CharField(label=_("行业"), required=False, max_length=40)
    body = forms.ModelChoiceField(label=_("机构"), queryset=Body.objects.none(), required=False)
    on = forms.DateField(label=_("哪一天"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("各级")), *CongressLevel.choices]
        self.fields["body"].queryset = Body.objects.exclude(kind="congress")

    def clean_q(self) -> str:
        """Full-width letters are what an input method left."""
        return unicodedata.normalize("NFKC", self.cleaned_data["q"])

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a name was asked for, or something was not understood."""
        return bool(self.errors) or any(self.data.get(key) for key in ("level", "trade", "on"))

    def of_mandate(self) -> dict[str, str]:
        """The conditions that concern the mandate."""
        asked = getattr(self, "cleaned_data", {})
        return {key: asked[key] for key in ("level", "trade") if asked.get(key)}


class DistrictFilter(forms.Form):
    """Which districts to show: of one congress, or of all."""

    congress = forms.ModelChoiceField(queryset=Body.objects.congresses(), required=False)


def phone_number(said: str) -> str:
    """A phone number as digits, or nothing; raises ValidationError with what is expected."""
    if not said.strip():
        return ""
    try:
        return cells.phone(said)
    except cells.NotThat:
        raise forms.ValidationError(_("请填11位手机号，或者带区号的座机号。")) from None
