"""What offices do with news and notices, each as a form."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing import attachments, sensitive
from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.wording import LONGEST_TITLE, State, Words
from lianxin.account.publishing.rules import PublishingRules
from lianxin.affairs.opinions.forms.tell import Words as WordsField
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.forms import ActForm, needed_when
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents.forms import AttachmentField
from lianxin.ground.documents.models import File
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import in_force
from lianxin.lib.text.private import masked

LONG, REASON = 20_000, 500
BEFORE = _("送审前写好")
MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A moment, chosen from the browser's own calendar and clock."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, required=False, **kwargs)


class WriteForm(ActForm):
    """写消息 One wording. `thing` is the wording, or None for something new."""

    title, act = _("写消息"), _("存下草稿")
    body = forms.ModelChoiceField(Body.objects.none(), label=_("以哪个机构的名义"))
    category = forms.ChoiceField(label=_("消息类别"), widget=forms.RadioSelect)
    title_ = forms.CharField(label=_("题目"), max_length=LONGEST_TITLE)
    text = needed_when(
        WordsField(
            label=_("正文"),
            help_text=_(
                "一行就是一段，可以从Word里粘贴文字。## 开头是小标题，- 开头是一条，**两边加星号**是粗体，[文字](https://…)是链接。"
            ),
            required=False,
            max_length=LONG,
            widget=forms.Textarea(attrs={"rows": 16}),
        ),
        BEFORE,
    )
    public_from = MomentField(label=_("公布时间"), help_text=_("不填，审过就公布；填了，到时候才看得到。"))
    public_until = MomentField(label=_("公布到"), help_text=_("不填，一直公布。"))
    change = needed_when(
        forms.CharField(
            label=_("更正说明"),
            help_text=_("改了什么、为什么改。读者会在页面上看到。"),
            max_length=200,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        BEFORE,
    )
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, thing: Wording | None, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.bodies = list(bodies)
        choices = in_force(today(), thing.announcement.body_id if thing else None).section(PublishingRules).categories
        fields: dict[str, Any] = self.fields
        fields["category"].choices = [(code, one.called) for code, one in choices.items()]
        fields["body"].queryset = bodies
        self._begin(fields) if thing is None else self._go_on(thing, fields)

    def _begin(self, fields: dict[str, Any]) -> None:
        del fields["change"]
        first = next((code for code, _called in fields["category"].choices), None)
        self.initial.update({"id": new_id(), "category": first})
        if self.bodies:
            self.initial["body"] = self.bodies[0]  # of the widest place
        if len(self.bodies) == 1:
            fields["body"].widget = fields["body"].hidden_widget()

    def _go_on(self, thing: Wording, fields: dict[str, Any]) -> None:
        del fields["body"]
        self.initial.update({name: getattr(thing, name) for name in Words._fields})
        self.initial.update({"title_": thing.title, "edition": thing.edition})
        if thing.number == 1:
            del fields["change"]
        standing = thing.announcement.wordings.filter(state=State.PUBLISHED).first()
        if standing and standing.has_begun(now()):
            del fields["public_from"]  # it is corrected where it is read, as soon as it is reviewed

    @property
    def words(self) -> Words:
        """What was written."""
        standing = {
            "title": self.cleaned_data["title_"],
            "change": "",
            "public_from": self.thing and self.thing.public_from,
        }
        told = standing | self.cleaned_data
        return Words(**{name: told[name] for name in Words._fields})

    def verb(self, **facts: Any) -> None:
        """Begin it, or write on. What was sent twice begins once."""
        by, at = facts["by"], facts["at"]
        if self.thing:
            self.thing.rewrite(self.words, edition=facts["edition"] or 0, by=by, at=at)
            self.saved = self.thing
        else:
            named = facts["id"] or new_id()
            there = Wording.objects.filter(announcement=named, number=1, written_by=by).first()
            self.saved = there or Wording.begin(facts["body"], self.words, id=named, by=by, at=at)

    @property
    def told(self) -> str:
        """That it is kept."""
        return gettext("草稿存下了。写好以后送审。")


class OfWording(ActForm):
    """An act about a wording as the page showed it."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    done: ClassVar[str]

    def __init__(self, thing: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.initial.setdefault("edition", thing.edition)

    def verb(self, **facts: Any) -> None:
        """The verb of the wording."""
        getattr(self.thing, self.done)(**facts)


class SubmitForm(OfWording):
    """送审"""

    title, act, done = _("送人审"), _("送人审"), "submit"
    warning = _("要由另一个人看过才公布。送审以后不能再改，要改先撤回。")


class RecallForm(OfWording):
    """撤回送审"""

    title, act, done = _("撤回送审"), _("撤回，接着改"), "recall"


class DropForm(OfWording):
    """作废"""

    title, act, done = _("这一版作废"), _("作废"), "drop"
    warning = _("这一版不再公布，也不能再改；办公室还看得到。已经公布的不受影响。")


class SendBackForm(OfWording):
    """退回修改"""

    title, act, done = _("退回修改"), _("退回去改"), "send_back"
    refused_at = "reason"
    reason = forms.CharField(label=_("要改什么"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 4}))


class CorrectForm(ActForm):
    """更正 `thing` is the announcement."""

    title, act = _("更正"), _("起草更正")
    warning = _("从公布的文字起草下一版。审过以前，公布的不变；审过以后，页面上写明哪天更正、改了什么。")

    def verb(self, **facts: Any) -> None:
        """Begin the next wording."""
        Wording.correct(self.thing, **facts)


class TakeDownForm(ActForm):
    """撤下 `thing` is the announcement."""

    title, act = _("撤下"), _("撤下")
    refused_at = "reason"
    warning = _("公众马上看不到文字和附件，页面上只写已经撤下。理由记在记录里，不公开。以后审过新的一版，又会公布。")
    reason = forms.CharField(label=_("理由"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 4}))

    def verb(self, **facts: Any) -> None:
        """Take it down."""
        self.thing.take_down(facts["reason"], by=facts["by"], at=facts["at"])


class PublishForm(OfWording):
    """审过，公布 Of each finding: that bars stand there, or why it may be read."""

    title, act = _("审消息"), _("审过，公布")
    LONGEST: ClassVar[int] = 100

    def __init__(self, thing: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.findings = sensitive.once(thing.findings)
        for finding in self.findings:
            self.fields[f"mask_{finding.key}"] = forms.BooleanField(label=_("遮掉"), required=False)
            why = forms.CharField(label=_("不遮，因为"), max_length=self.LONGEST, required=False)
            self.fields[f"why_{finding.key}"] = needed_when(why, _("不遮的要写"))

    def decisions(self) -> Sequence[tuple[sensitive.Finding, Any, Any]]:
        """Each finding with its two fields."""
        return [(one, self[f"mask_{one.key}"], self[f"why_{one.key}"]) for one in self.findings]

    def verb(self, **facts: Any) -> None:
        """Publish."""
        decided = {
            one.key: sensitive.MASK if facts[f"mask_{one.key}"] else facts[f"why_{one.key}"] for one in self.findings
        }
        self.thing.publish(decided, edition=facts["edition"], by=facts["by"], at=facts["at"])

    @property
    def told(self) -> str:
        """From when on it is read."""
        is_later = self.thing.public_from > self.thing.reviewed_at
        return gettext("审过了，到时候公布。") if is_later else gettext("审过了，大家看得到了。")


class AttachForm(ActForm):
    """传附件 `thing` is the announcement."""

    title: ClassVar[str | Promise] = _("传附件")
    act = _("传附件")
    refused_at = "file"
    file = AttachmentField(
        label=_("附件"),
        help_text=_("PDF、Word、Excel或者图片，最多20兆。文件里有没有隐私，平台查不出，要由审的人打开看。"),
    )
    caption = forms.CharField(
        label=_("叫什么"),
        help_text=_("读者看到的名字，如“活动安排”。不填，就叫“附件1”。"),
        max_length=File._meta.get_field("caption").max_length,
        required=False,
    )

    def clean_caption(self) -> str:
        """What everybody will read, and nobody's number."""
        caption = self.cleaned_data["caption"]
        if masked(caption) != caption:
            raise forms.ValidationError(gettext("这里像有电话、证件号，大家都会看到。请换个叫法。"))
        return str(caption)

    def verb(self, **facts: Any) -> None:
        """Keep it."""
        attachments.send(self.thing, facts["file"], facts["caption"], by=facts["by"], at=facts["at"])

    @property
    def told(self) -> str:
        """That somebody has to look."""
        return gettext("收下了。另一个人看过，才随消息公布。")


def bodies(found: Any) -> QuerySet[Body]:
    """Congresses that are there today and fit, those of wider places first."""
    return Body.objects.congresses().on(today()).filter(found).order_by("region__path", "pk")
