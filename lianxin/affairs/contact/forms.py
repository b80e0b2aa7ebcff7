"""Forms about ties and households."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.contact.models import Consent, Household, Tie
from lianxin.affairs.contact.models.household import SEE
from lianxin.affairs.contact.places import whole_name
from lianxin.affairs.contact.rules import ContactRules, Scheme, Toward
from lianxin.affairs.stations.forms import PlaceField
from lianxin.ground.access.answering import reach
from lianxin.ground.core import workbooks
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput, FindForm, PastDayField, UploadField
from lianxin.ground.core.uploads import XLSX, UploadRefused, need
from lianxin.ground.people.forms import phone_number
from lianxin.ground.people.models import Body, District, Mandate, Person, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.reaching import lies_within
from lianxin.ground.people.roster.unpacking import LIMITS
from lianxin.ground.vault.particulars import Particulars


class TieFilter(forms.Form):
    """Which ties to show; what cannot be understood is left out."""

    scheme = forms.ChoiceField(label=_("结对方式"), required=False)
    place = PlaceField(label=_("乡镇街道"), queryset=Region.objects.none(), required=False, empty_label=_("全部"))
    q = forms.CharField(label=_("代表的姓名或拼音"), required=False, max_length=40)
    past = forms.BooleanField(label=_("也列出结束了的"), required=False)

    def __init__(self, *args: Any, rules: ContactRules, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = [(code, scheme.called) for code, scheme in rules.schemes.items()]
        self.fields["scheme"].choices = [("", _("全部")), *schemes]
        self.fields["place"].queryset = townships(user)

    def chosen(self, ties: Any) -> Any:
        """The ties that were asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("scheme"):
            ties = ties.filter(scheme=asked["scheme"])
        if place := asked.get("place"):
            ties = ties.filter(region__path__begins=place.path)
        if words := asked.get("q", "").strip():
            people = Mandate.objects.filter(person__in=Person.objects.named_like(words)).values("pk")
            ties = ties.filter(who_kind=Tie.MANDATE, who_id__in=people)
        return ties if asked.get("past") else ties.on(today())


def townships(user: Any) -> QuerySet[Region]:
    """The townships of the platform's counties in somebody's reach, in order."""
    far = reach(user, SEE)
    counties = Region.objects.filter(level=Level.COUNTY, bodies__kind="congress", ends_on__isnull=True)
    found = Region.objects.standing().filter(level=Level.TOWNSHIP, parent__in=counties)
    return (found if far.everywhere else found.filter(lies_within(far, "path"))).order_by("code")


class _Others(forms.ModelChoiceField):
    """Whom a tie may lead to, by what they are called."""

    def label_from_instance(self, obj: Any) -> str:
        """A household by village and number, a deputy with the congress, anything else by its name."""
        if isinstance(obj, Household):
            return obj.called
        if isinstance(obj, Mandate):
            return f"{obj.person.name} · {obj.congress.name}"
        return whole_name(obj) if isinstance(obj, Region) else obj.name


class TieForm(FindForm):
    """结对 With whom the deputy keeps contact, and from when."""

    title, act = _("结对"), _("结对")
    chosen, finds = "other", _("名称或拼音")
    refused_at = "other"
    other = _Others(label=_("联系谁"), queryset=None, widget=forms.RadioSelect, empty_label=None)
    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, initial=today)

    def __init__(self, thing: Mandate, *args: Any, code: str, scheme: Scheme, user: Any, **kwargs: Any) -> None:
        self.code, self.scheme, self.user = code, scheme, user
        super().__init__(thing, *args, **kwargs)
        self.fields["other"].label = scheme.toward.label

    @property
    def told(self) -> str:
        """That they are tied."""
        return gettext("结对好了。")

    def all_there_are(self) -> QuerySet[Any]:
        """Everything that the scheme leads to for this deputy, without what the deputy is tied to already."""
        there = Tie.objects.of(self.thing).running().filter(scheme=self.code).values("toward_id")
        return _others(self.scheme, self.thing, self.user).exclude(pk__in=there)

    def fitting(self, words: str) -> QuerySet[Any]:
        """By name or pinyin; households by their village."""
        found = self.all_there_are()
        if found.model is Mandate:
            return found.filter(person__in=Person.objects.named_like(words))
        if found.model is Household:
            return found.filter(region__in=Region.objects.named_like(words, self.thing.congress.region))
        if found.model is Region:
            return found.named_like(words, self.thing.congress.region)
        return found.filter(name__contains=words)

    def verb(self, **facts: Any) -> None:
        """Tie."""
        self.made = Tie.objects.tie(self.thing, facts.pop("other"), self.code, **facts)


def _others(scheme: Scheme, mandate: Mandate, user: Any) -> QuerySet[Any]:
    day, home, toward = today(), mandate.congress.region, scheme.toward
    path = home.path if home else ""
    if toward == Toward.HOUSEHOLD:
        seen = Household.objects.visible_to(user).agreeing().filter(region__path__begins=path)
        return seen.select_related("region__parent").order_by("region__code", "number")
    if toward == Toward.DEPUTY:
        levels = scheme.toward_levels or CongressLevel.values
        others = Mandate.objects.at_work(day).filter(level__in=levels).exclude(person=mandate.person_id)
        return others.select_related("person", "congress__region").order_by("person__pinyin", "pk")
    if toward == Toward.DISTRICT:
        return (
            District.objects.on(day).filter(congress=mandate.congress_id).select_related("congress__region").in_order()
        )
    if toward in (Toward.VILLAGE, Toward.GRID):
        places = Region.objects.standing().filter(level=toward.value, path__begins=path)
        return places.select_related("parent").order_by("code")
    bodies = Body.objects.on(day).filter(kind=toward.value, region__path__begins=path)
    return bodies.select_related("region").order_by("region__code", "name", "pk")


class EndForm(ActForm):
    """结束结对 From a day on contact is no longer kept."""

    title, act = _("结束结对"), _("结束")
    warning = _("写的这一天起就不再联系。记录留着；以后还可以再结对。")
    refused_at = "on"
    on = forms.DateField(label=_("从哪一天起不再联系"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """End."""
        self.thing.end(**facts)


class AgreeForm(ActForm):
    """重新同意 A household agrees anew, and tells who it is now."""

    title, act = _("重新登记同意和联系方式"), _("登记")
    warning = _("姓名、电话和地址加密保管，和联系户分开存；以前存的会换成现在填的。不用填家里的情况。")
    refused_at = "name"
    name = forms.CharField(label=_("户主或联系人姓名"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    address = forms.CharField(label=_("住址"), max_length=120, required=False)
    way = forms.ChoiceField(label=_("怎么同意的"), choices=Household.Way.choices, widget=forms.RadioSelect)
    consented_on = PastDayField(label=_("同意的日期"), initial=today)
    asked_by = _Others(
        label=_("谁征求的"), queryset=Mandate.objects.none(), required=False, empty_label=_("乡镇或办公室")
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        near = Mandate.objects.standing_for(region, today()) | Mandate.objects.on(today()).filter(
            congress__region=region.parent_id
        )
        levels = (CongressLevel.COUNTY, CongressLevel.TOWNSHIP)
        askers = near.filter(level__in=levels).select_related("person", "congress").distinct()
        self.fields["asked_by"].queryset = askers.order_by("person__pinyin", "pk")

    def clean_phone(self) -> str:
        """A number somebody can dial."""
        return phone_number(self.cleaned_data["phone"])

    def told_of(self, facts: dict[str, Any]) -> tuple[Particulars, Consent]:
        """Who the household is, and how it agreed."""
        who = Particulars(name=facts.pop("name"), phone=facts.pop("phone"), address=facts.pop("address"))
        return who, Consent(facts.pop("way"), facts.pop("consented_on"), facts.pop("asked_by"))

    def verb(self, **facts: Any) -> None:
        """Agree."""
        who, consent = self.told_of(facts)
        self.thing.agree_anew(who, consent, **facts)


class HouseholdForm(AgreeForm):
    """登记联系户 A household that agreed."""

    title, act = _("登记联系户"), _("登记")
    warning = _("这一户同意了才登记。姓名、电话和地址加密保管，和联系户分开存；不用填家里的情况。")
    body = forms.ModelChoiceField(
        label=_("哪个人大的代表来联系"), queryset=Body.objects.none(), empty_label=_("请选一个")
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(None, *args, region=region, **kwargs)
        over = Body.objects.congresses().filter(region__in=region.path_ids, ends_on__isnull=True)
        over = over.filter(level__in=(CongressLevel.COUNTY, CongressLevel.TOWNSHIP)).order_by("-region__path")
        self.fields["body"].queryset, self.fields["body"].initial = over, over.first()

    @property
    def told(self) -> str:
        """What the household is known by from now on."""
        return gettext("登记好了：%(household)s。") % {"household": self.made.called}

    def verb(self, **facts: Any) -> None:
        """Add."""
        (who, consent), body = self.told_of(facts), facts.pop("body")
        self.made = Household.add(self.region, body, who, consent, **facts)


class WithdrawForm(ActForm):
    """撤回同意 The household agrees no more."""

    title, act = _("不再同意联系"), _("登记撤回")
    warning = _("从今天起不再有代表联系这一户；姓名、电话和地址马上销毁，不能恢复。")

    def verb(self, **facts: Any) -> None:
        """Withdraw."""
        self.thing.withdraw(**facts)


class UploadForm(forms.Form):
    """A list of ties to be checked. What is in it is judged by its content, not its name."""

    file = UploadField(
        label=_("结对表"),
        help_text=_("Excel 工作簿（.xlsx），不超过30兆。先核对，您看过再导入。"),
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{workbooks.MEDIA_TYPE}"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is no workbook, or too large."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            need(file, XLSX, limits=LIMITS)
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file
