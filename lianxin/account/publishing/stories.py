"""What an office does with a story of a deputy, each as a form. `thing` is the announcement."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.errors import OfNobody
from lianxin.account.publishing.models import Airing, Announcement, Story
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, FindForm, PastDayField
from lianxin.ground.documents.forms import AttachmentField
from lianxin.ground.people.models import Mandate, Person

REASON = 300


def _story(announcement: Announcement) -> Story:
    """The story that an announcement tells. Raises OfNobody."""
    found = Story.objects.filter(announcement=announcement).select_related("announcement", "person").first()
    if found is None:
        raise OfNobody
    return found


class StoryForm(FindForm):
    """写的是哪位代表"""

    title, act = _("写的是哪位代表"), _("写的是这位")
    warning = _("公布以前要有本人的书面同意。")
    chosen: ClassVar[str] = "person"
    refused_at = "person"
    finds: ClassVar[str | Promise] = _("代表的姓名或拼音")
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("哪位代表"), widget=forms.RadioSelect(attrs={"translate": "no"})
    )

    def all_there_are(self) -> QuerySet[Person]:
        """Everybody who is a deputy at work."""
        return Person.objects.filter(pk__in=Mandate.objects.at_work(today()).values("person")).order_by("pinyin", "pk")

    def fitting(self, words: str) -> QuerySet[Person]:
        """By name or pinyin."""
        return self.all_there_are().filter(pk__in=Person.objects.named_like(words).values("pk"))

    def verb(self, **facts: Any) -> None:
        """Say whom it tells of."""
        Story.tell_of(self.thing, facts.pop("person"), **facts)


class ConsentForm(ActForm):
    """记下书面同意"""

    title, act, refused_at = _("记下书面同意"), _("存下"), "sheet"
    warning = _("请本人看过要公布的文字再签字。签字的纸拍照或者扫描，只有办公室看得到。")
    sheet = AttachmentField(label=_("签了字的同意书"))
    on = PastDayField(label=_("哪天签的"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", today())

    def verb(self, **facts: Any) -> None:
        """Keep it."""
        _story(self.thing).consent(facts.pop("sheet"), facts.pop("on"), **facts)


class WithdrawForm(ActForm):
    """本人不愿意了"""

    title, act, refused_at = _("本人不愿意了"), _("撤回同意，马上撤下"), "reason"
    warning = _("公布着的马上撤下。报纸、电视上已经登的收不回来，请告诉本人。")
    reason = forms.CharField(
        label=_("本人怎么说"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只留在记录里，不公布。"),
    )

    def verb(self, **facts: Any) -> None:
        """Withdraw it."""
        _story(self.thing).withdraw(facts.pop("reason"), **facts)


class AiringForm(ActForm):
    """记一次刊播"""

    title, act = _("记一次刊播"), _("记下刊播")
    medium = forms.ChoiceField(label=_("哪种媒体"), choices=Airing.Medium.choices, widget=forms.RadioSelect)
    outlet = forms.CharField(label=_("哪家"), max_length=60, help_text=_("报社、电视台、公众号的名字。"))
    on = PastDayField(label=_("哪天刊播"))
    where = forms.CharField(label=_("版面或者时段"), max_length=60, required=False)
    link = forms.URLField(label=_("链接"), max_length=300, required=False, assume_scheme="https")

    def verb(self, **facts: Any) -> None:
        """Note it."""
        _story(self.thing).ran(facts.pop("medium"), facts.pop("outlet"), facts.pop("on"), **facts)
