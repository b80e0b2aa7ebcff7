"""The form that brings a ledger."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.importing.desks import ENTER
from lianxin.affairs.stations.models import Station
from lianxin.ground.access.answering import reach
from lianxin.ground.core import workbooks
from lianxin.ground.core.forms import UploadField
from lianxin.ground.core.uploads import TEXT, XLSX, UploadRefused, need
from lianxin.ground.people.places.reaching import lies_within
from lianxin.ground.people.roster.unpacking import LIMITS


class _AtStation(forms.ModelChoiceField):
    """A station, after its township."""

    def label_from_instance(self, obj: Any) -> str:
        """Stations of several townships may be called alike."""
        return f"{obj.region.parent.called} {obj.name}" if obj.region.parent else str(obj.name)


class LedgerForm(forms.Form):
    """A table to be looked at. What is in it is judged by its content, not its name."""

    station = _AtStation(
        label=_("是哪个站的"),
        help_text=_("接待登记簿要选；意见台账记的是某一个站的，也选上。"),
        queryset=Station.objects.none(),
        required=False,
        empty_label=_("不是哪个站的"),
    )
    file = UploadField(
        label=_("台账文件"),
        help_text=_("Excel 工作簿（.xlsx）或.csv，不超过30兆。先核对，您看过再导入。"),
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,.csv,{workbooks.MEDIA_TYPE},text/csv"}),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["station"].queryset = stations_of(user)

    def clean_file(self) -> UploadedFile:
        """Refuse what is no table, or too large to be one. What looks like text is read as CSV."""
        file: UploadedFile = self.cleaned_data["file"]
        wanted = (XLSX, TEXT) if PurePath(file.name or "").suffix.lower() == ".csv" else (XLSX,)
        try:
            self.ending = f".{need(file, *wanted, limits=LIMITS).code}".replace(".text", ".csv")
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file


def stations_of(user: Any) -> Any:
    """The stations for which somebody may write for others, in the order of places; closed ones too, for old books."""
    far = reach(user, ENTER)
    found = Station.objects.visible_to(user).select_related("region__parent", "body").order_by("region__code", "pinyin")
    if far.everywhere:
        return found
    own = Q(pk__in=far.ids("station")) | Q(body__in=far.ids("body"))
    return found.filter(own | lies_within(far, "region__path", "body__region__path"))
