"""Forms about rules: what is to be checked, what is proposed from which day, and what is decided about it."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput, needed_when
from lianxin.ground.rulebook.bases import Basis, Kind, bases, begun_with
from lianxin.ground.rulebook.drafts import Draft, own_texts
from lianxin.ground.rulebook.models import RulebookVersion
from lianxin.ground.rulebook.models.proposal import LONGEST_REASON, RulesProposal
from lianxin.ground.rulebook.open_entries import OpenEntry, fill_in, open_entries
from lianxin.ground.rulebook.problems import Problem
from lianxin.ground.rulebook.reading import LARGEST

MOST_FILES, LONGEST_ENTRY = 20, 400


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
        self.fields["base"].choices = [(basis.code, _called(basis)) for basis in bases(today())]

    def draft(self) -> Draft:
        """What is to be checked; the files as they were sent. Raises NoSuchPreset for one that has gone since."""
        changed = {file.name: file.read() for file in self.cleaned_data["changed"]}
        return begun_with(self.cleaned_data["base"], changed)


def _called(basis: Basis) -> str:
    words = {
        Kind.RUNNING: _("施行中的：%(place)s"),
        Kind.SENT_BACK: _("退回的：%(place)s"),
        Kind.ON_DISK: _("规则预设 %(name)s：%(place)s"),
    }
    return words[basis.kind] % {"place": basis.place, "name": basis.name}


class FillForm(forms.Form):
    """填写 What the office has still to fill in, of one version; whatever stays empty stays open."""

    def __init__(self, version: RulebookVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.entries = list(open_entries(version.files))
        for entry in self.entries:
            field = forms.CharField(
                label=entry.label,
                help_text=_("应为%(expected)s") % {"expected": entry.expected},
                required=False,
                max_length=LONGEST_ENTRY,
            )
            self.fields[entry.code] = needed_when(field, " ")  # the page says once that any may stay empty

    @property
    def by_file(self) -> list[tuple[str, list[tuple[OpenEntry, forms.BoundField]]]]:
        """The entries with their fields, file by file."""
        grouped = groupby(self.entries, key=lambda entry: entry.file)
        return [(file, [(entry, self[entry.code]) for entry in entries]) for file, entries in grouped]

    def draft(self) -> Draft | None:
        """The rules with what was filled in; None, and what is wrong beside each entry, where it does not do."""
        filled = [(entry, value) for entry in self.entries if (value := self.cleaned_data[entry.code])]
        if not filled:
            self.add_error(None, _("还没有填。知道哪一项，就填哪一项，别的先空着。"))
            return None
        own = own_texts(self.version.files)
        for file, entries in groupby(filled, key=lambda one: one[0].file):
            own[file] = fill_in(own[file], entries)
        draft = Draft.under_law_of_today(self.version.preset, own)
        for problem in draft.problems():
            at = [entry for entry, _value in filled if (entry.file, entry.written.line) == (problem.file, problem.line)]
            self._blame(at, problem)
        return None if self.errors else draft

    def _blame(self, at: list[OpenEntry], problem: Problem) -> None:
        if len(at) != 1:
            self.add_error(None, str(problem))
            return
        words = _("应为%(expected)s") % {"expected": problem.expected}
        self.add_error(at[0].code, _("%(words)s。") % {"words": words})


class ProposeForm(forms.Form):
    """From which day rules that were checked are to be in force, for whom, and why."""

    draft = forms.CharField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("谁施行"), required=False)
    on = forms.DateField(label=gettext_lazy("从哪一天起施行"), widget=DayInput)
    why = forms.CharField(
        label=gettext_lazy("改了什么、为什么"),
        help_text=gettext_lazy("写明依据哪份文件。批准的人先看这里，再看改了哪些行。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, bodies: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("整个平台")), *((str(id), name) for id, name in bodies)]

    def clean_draft(self) -> Draft:
        """The rules as they were checked. Raises ValidationError for any other, and for those of yesterday."""
        if draft := Draft.unpacked(self.cleaned_data["draft"]):
            return draft
        raise forms.ValidationError(_("检查过、还没有提出的规则只留一天。请再检查一次，然后提出。"))

    def clean_body(self) -> UUID | None:
        """The body that has rules of its own; none for the whole platform."""
        return UUID(self.cleaned_data["body"]) if self.cleaned_data["body"] else None

    def propose(self, *, by: UUID, at: datetime) -> RulesProposal:
        """The proposal. Raises what `RulesProposal.propose` raises."""
        told = self.cleaned_data
        return RulesProposal.propose(told["draft"], body_id=told["body"], on=told["on"], why=told["why"], by=by, at=at)


class ApproveForm(ActForm):
    """批准 Another person puts proposed rules into force."""

    title, act = gettext_lazy("批准新规则"), gettext_lazy("批准")
    thing: RulesProposal

    @property
    def warning(self) -> str:  # type: ignore[override]
        """What follows from it."""
        words = _("从%(day)s起施行，前一份规则到前一天为止。施行过的规则不能改写，只能用新的一份接替。")
        return words % {"day": date_format(self.thing.starts_on)}

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("批准了。规则从%(day)s起施行。") % {"day": date_format(self.thing.starts_on)}

    def verb(self, **facts: Any) -> None:
        """Approve it."""
        self.thing.approve(**facts)


class SendBackForm(ActForm):
    """退回 Another person does not approve proposed rules."""

    title, act = gettext_lazy("退回新规则"), gettext_lazy("退回去改")
    reason = forms.CharField(
        label=gettext_lazy("为什么退回"),
        help_text=gettext_lazy("提出的人看了要知道改哪里。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def verb(self, **facts: Any) -> None:
        """Send it back."""
        self.thing.send_back(**facts)


class WithdrawForm(ActForm):
    """作废 Proposed rules are given up."""

    title, act = gettext_lazy("作废送审稿"), gettext_lazy("作废")
    warning = gettext_lazy("作废以后不能再批准；写过的、谁退回过，都留在记录里。")

    def verb(self, **facts: Any) -> None:
        """Give it up."""
        self.thing.withdraw(**facts)
