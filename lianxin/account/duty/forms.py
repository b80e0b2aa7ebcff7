"""Forms about regulations: what would be, were one another."""

from collections.abc import Hashable, Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lianxin.account.duty.files import Written, regulations_of
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.account.duty.versions import Which
from lianxin.ground.access import scopes
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import DayInput, needed_when
from lianxin.ground.core.ids import id_in
from lianxin.ground.rulebook.models import RulebookVersion, RulesProposal
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.reading import LARGEST

PROPOSAL = "proposal:"  # before the id of a proposal of rules
VERSIONS = 50  # how many of the newest can be chosen


def title_of(rule: RegulationRule) -> str:
    """What a regulation is called in the language of the page."""
    return rule.english if rule.english and get_language() == "en" else rule.title


class WhatIfForm(forms.Form):
    """Which regulation, in which period, by which version and by which other one. `text` is a file that was sent before."""

    regulation = forms.ChoiceField(label=gettext_lazy("哪份办法"))
    on = forms.DateField(label=gettext_lazy("哪一期"), widget=DayInput, help_text=gettext_lazy("那一期里的任意一天。"))
    before = forms.ChoiceField(label=gettext_lazy("原来的版本"), required=False)
    after = forms.ChoiceField(label=gettext_lazy("换成的版本"), required=False)
    changed = needed_when(
        forms.FileField(
            label=gettext_lazy("改过的办法"),
            required=False,
            help_text=gettext_lazy("YAML 文件，例如 regulation-points.yaml。什么也不会存下来。"),
            widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        ),
        gettext_lazy("没有选版本的要传"),
    )
    text = forms.CharField(required=False, strip=False, max_length=LARGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = list(RulebookVersion.objects.order_by("-in_force_from", "-id")[:VERSIONS])
        whose = scopes.names(("body", version.body_id) for version in versions if version.body_id)
        called = [(str(one.pk), _called(one, whose.get(("body", one.body_id), ""))) for one in versions]
        self.fields["regulation"].choices = list(_regulations())
        self.fields["before"].choices = [("", _("那一期施行的")), *called]
        waiting = [(f"{PROPOSAL}{one.pk}", _proposed(one)) for one in RulesProposal.objects.under_way()]
        self.fields["after"].choices = [("", _("下面传的文件")), *waiting, *called]

    def clean_changed(self) -> UploadedFile | None:
        """A file as large as rules ever are. Raises ValidationError for a larger one."""
        sent: UploadedFile | None = self.cleaned_data["changed"]
        if sent and sent.size and sent.size > LARGEST:
            raise forms.ValidationError(_("“%(name)s”太大了，规则文件不会超过1兆。") % {"name": sent.name})
        return sent

    def clean(self) -> dict[str, Any]:
        """Something to compare with: a version, a file, or the file that was sent before."""
        told = super().clean() or self.cleaned_data
        sent = told.get("changed")
        told["content"] = sent.read() if sent else told.get("text", "").encode()
        if not told.get("after") and not told["content"] and "changed" not in self.errors:
            self.add_error("changed", _("请传改过的办法，或者选一个版本。"))
        return told

    def carry_on(self) -> None:
        """What was sent as a file stays in the form, which is shown again."""
        content: bytes = self.cleaned_data["content"]
        self.data = {**self.data.dict(), "text": content.decode("utf-8", "replace")}

    @property
    def which(self) -> Which:
        """The regulation that was chosen."""
        body, _colon, code = self.cleaned_data["regulation"].rpartition(":")
        return Which(code, id_in(body))

    @property
    def asked(self) -> Hashable:
        """All that was asked."""
        told = self.cleaned_data
        file = b"" if told["after"] else told["content"].replace(b"\r\n", b"\n")
        return (told["regulation"], told["on"], told["before"], told["after"], file)

    def versions(self) -> tuple[Written, Written]:
        """The regulation as it was, and as it would be. Raises RulesRefused, NoSuchRegulation, NotInAnyPeriod."""
        which, told = self.which, self.cleaned_data
        before = which.of(_rules(told["before"])) if told["before"] else which.at(told["on"])
        after = which.of(_rules(told["after"])) if told["after"] else which.changed(told["content"])
        return before, after


def _rules(which: str) -> Preset:
    """The rules of a version, or those that somebody proposes. Raises RulesRefused."""
    if which.startswith(PROPOSAL):
        return RulesProposal.objects.get(pk=which.removeprefix(PROPOSAL)).draft.preset()
    return RulebookVersion.objects.get(pk=which).rules


def _regulations() -> Iterator[tuple[str, str]]:
    """Every regulation in force today: the platform's, then those of bodies."""
    for version in RulebookVersion.objects.in_force(today()):
        whose = scopes.name("body", version.body_id) if version.body_id else ""
        for code, written in regulations_of(version.rules).items():
            title = title_of(written.rule)
            yield f"{version.body_id or ''}:{code}", f"{title} · {whose}" if whose else title


def _proposed(proposal: RulesProposal) -> str:
    told = {"day": date_format(proposal.starts_on), "state": proposal.get_state_display()}
    return _("从%(day)s起施行的送审稿（%(state)s）") % told


def _called(version: RulebookVersion, whose: str) -> str:
    told = {"day": date_format(version.in_force_from), "whose": whose or _("整个平台")}
    return _("%(day)s起施行的（%(whose)s）") % told
