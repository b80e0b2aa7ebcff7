"""Which public matters to show."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.forms import PlaceField
from lianxin.ground.cases.models import Case
from lianxin.ground.people.models import Body, Region
from lianxin.ground.people.models.region import Level

Stage = Case.Stage
STAGES: dict[str, tuple[Any, Q]] = {
    "open": (_("还在办"), Q(case__stage__in=(Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING))),
    "answered": (_("答复了"), Q(case__stage__in=(Stage.ANSWERED, Stage.ENDED))),
    "solved": (_("反映人说解决了"), Q(case__outcome="solved", case__outcome_by="resident")),
    "unsolved": (_("反映人说没解决"), Q(case__outcome="unsolved")),
}


class PublicFilter(forms.Form):
    """By words, township, subject and how far it is."""

    q = forms.CharField(label=_("找词"), required=False, max_length=40)
    place = PlaceField(label=_("乡镇街道"), queryset=Region.objects.none(), required=False, empty_label=_("全部"))
    subject = forms.ChoiceField(label=_("类别"), required=False)
    stage = forms.ChoiceField(
        label=_("到了哪一步"),
        required=False,
        choices=[("", _("全部")), *((code, label) for code, (label, _q) in STAGES.items())],
    )

    def __init__(self, *args: Any, rules: OpinionRules, **kwargs: Any):
        super().__init__(*args, **kwargs)
        subject: Any = self.fields["subject"]
        subject.choices = [("", _("全部")), *((code, one.called) for code, one in rules.subjects.items())]
        place: Any = self.fields["place"]
        counties = Body.objects.congresses().filter(region__level=Level.COUNTY).values("region")
        townships = Region.objects.filter(level=Level.TOWNSHIP, ends_on__isnull=True, parent__in=counties)
        place.queryset = townships.order_by("code")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.data.get(name) for name in self.fields)

    def conditions(self) -> Q:
        """What was asked for; what could not be understood is left out."""
        asked = self.cleaned_data if self.is_valid() else {}
        wanted = Q()
        if place := asked.get("place"):
            wanted &= Q(case__region__path__begins=place.path)
        if subject := asked.get("subject"):
            wanted &= Q(subject=subject)
        if stage := asked.get("stage"):
            wanted &= STAGES[stage][1]
        return wanted
