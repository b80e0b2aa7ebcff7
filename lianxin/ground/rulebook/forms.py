"""Forms about rules: what is to be checked, and what comes into force from which day."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import DayInput
from lianxin.ground.rulebook.drafts import Draft, bases
from lianxin.ground.rulebook.reading import LARGEST

MOST_FILES = 20


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several small files; they come as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file as Django checks it. Raises ValidationError where one is too large, or there are too many."""
        files = [super(FilesField, self).clean(file, initial) for file in data or () if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("一次至多%(count)d个文件。") % {"count": MOST_FILES})
        if large := next((file for file in files if file.size > LARGEST), None):
            raise forms.ValidationError(_("“%(name)s”太大了，规则文件不会超过1兆。") % {"name": large.name})
        return files


class CheckForm(forms.Form):
    """Which rules are to be checked: a preset, with files that were changed."""

    base = forms.ChoiceField(label=gettext_lazy("从哪一份开始"))
    changed = FilesField(
        label=gettext_lazy("改过的文件"),
        required=False,
        help_text=gettext_lazy("YAML 文件，例如 stations.yaml，可以选几个；没有改的不用传。不传就检查原来的。"),
        widget=FilesInput(attrs={"accept": ".yaml,.yml", "multiple": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].choices = [
            (code, self._called(place, code, version is not None)) for code, place, version in bases(today())
        ]

    @staticmethod
    def _called(place: str, code: str, is_running: bool) -> str:
        if is_running:
            return _("施行中的：%(place)s") % {"place": place}
        return _("规则预设 %(name)s：%(place)s") % {"name": code.partition(":")[2], "place": place}

    def draft(self) -> Draft:
        """What is to be checked; the files as they were sent. Raises NoSuchPreset for one that has gone since."""
        changed = {file.name: file.read() for file in self.cleaned_data["changed"]}
        return Draft.of(self.cleaned_data["base"], changed)


class AdoptForm(forms.Form):
    """From which day rules that were checked come into force, and for whom."""

    draft = forms.CharField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("谁施行"), required=False)
    on = forms.DateField(label=gettext_lazy("从哪一天起施行"), widget=DayInput)

    def __init__(self, *args: Any, bodies: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("整个平台")), *((str(id), name) for id, name in bodies)]

    def clean_draft(self) -> Draft:
        """The rules as they were checked. Raises ValidationError for any other, and for those of yesterday."""
        if draft := Draft.unpacked(self.cleaned_data["draft"]):
            return draft
        raise forms.ValidationError(_("检查过的规则只留一天。请再检查一次，然后启用。"))

    def clean_body(self) -> UUID | None:
        """The body that has rules of its own; none for the whole platform."""
        return UUID(self.cleaned_data["body"]) if self.cleaned_data["body"] else None
