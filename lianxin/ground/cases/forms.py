"""What units do with a matter that lies with them, each as a form, whatever kind of matter it is."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases import handled
from lianxin.ground.cases.errors import PromisePast
from lianxin.ground.cases.models import Handover, Means, Reply
from lianxin.ground.cases.seen import ReplyRules, SeenByUnit
from lianxin.ground.core.clock import today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import Ref
from lianxin.ground.core.forms import ActForm, DayInput, needed_when
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.forms import AttachmentField
from lianxin.ground.documents.models import File, FileKind

LONG, SHORT = 5_000, 500
MOST_FILES = 6


class HandoverForm(ActForm):
    """A verb of a handover, which is `thing`; `seen` is what stands on the page."""

    def __init__(self, seen: SeenByUnit, *args: Any, **kwargs: Any) -> None:
        super().__init__(seen.handover, *args, **kwargs)
        self.seen = seen
        if "edition" in self.fields:
            self.fields["edition"].initial = seen.draft.edition if seen.draft else 0


class Edition(forms.IntegerField):
    """The draft as the page showed it."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0)


class EditionField(forms.IntegerField):
    """The edition of the case as the page showed it: whoever acts on an old page is told."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": _("这一页不完整，请刷新以后再办。")})


class SignInForm(HandoverForm):
    """The unit has it."""

    title, act = _("签收"), _("签收")

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("签收了。")

    def verb(self, **facts: Any) -> None:
        """Sign in."""
        self.seen.unit.sign_in(self.thing, **facts)


class ContactForm(HandoverForm):
    """The first contact."""

    title, act = _("首次联系"), _("记下")
    refused_at = "note"
    note = forms.CharField(
        label=_("怎么联系的，说了什么"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = self.seen.how_to_contact

    def verb(self, **facts: Any) -> None:
        """Note the contact."""
        self.seen.unit.contact(self.thing, **facts)


class ReturnForm(HandoverForm):
    """Giving it back."""

    title, act = _("申请退回"), _("申请退回")
    refused_at = "reason"
    reason = forms.CharField(
        label=_("为什么不归你们办"),
        help_text=_("写明依据，知道归谁办的话也写上。办公室同意以前，这件事还在你们这里，期限照算。"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def warning(self) -> str:  # type: ignore[override]
        """Until when."""
        return gettext("%(day)s以前可以申请退回。") % {"day": date_format(self.seen.last_day_to_return)}

    def verb(self, **facts: Any) -> None:
        """Ask to give it back."""
        self.seen.unit.ask_return(self.thing, **facts)


class AskApprovalForm(HandoverForm):
    """The draft goes to the head of the unit."""

    title, act = _("送审"), _("送审")

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("送审了，等负责人批准。")

    def verb(self, **facts: Any) -> None:
        """Ask."""
        handled.ask_approval(self.thing, **facts)


class ApproveForm(HandoverForm):
    """The head of the unit approves the draft as it stands."""

    title, act = _("批准答复"), _("批准")
    edition = Edition()

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("批准了，可以送出。")

    def verb(self, **facts: Any) -> None:
        """Approve."""
        self.seen.unit.approve(self.thing, **facts)


class SendBackForm(HandoverForm):
    """The head of the unit gives the draft back."""

    title, act = _("退回修改"), _("退回修改")
    refused_at = "remark"
    edition = Edition()
    remark = forms.CharField(
        label=_("要改什么"), help_text=_("经办人会看到。"), max_length=SHORT, widget=forms.Textarea(attrs={"rows": 4})
    )

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("退给经办人改了，他们看得到要改什么。")

    def verb(self, **facts: Any) -> None:
        """Give it back."""
        self.seen.unit.send_back_draft(self.thing, **facts)


class SendForm(HandoverForm):
    """The reply goes out."""

    title, act = _("送出答复"), _("送出")
    edition = Edition()

    @property
    def warning(self) -> str:  # type: ignore[override]
        """Who reads it, and judges it."""
        told = gettext("送出以后不能再改。%(asker)s会看到，评不评、怎么评由%(asker)s自己定。")
        return told % {"asker": self.seen.asker}

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("答复送出了。")

    def verb(self, **facts: Any) -> None:
        """Send."""
        self.seen.send(self.thing, **facts)


ACTS: dict[str, type[HandoverForm]] = {
    "sign-in": SignInForm,
    "contact": ContactForm,
    "return": ReturnForm,
    "ask": AskApprovalForm,
    "approve": ApproveForm,
    "send-back": SendBackForm,
    "send": SendForm,
}
OF_THE_HEAD = {"approve", "send-back"}


IF_LATER = _("答应以后办的要写")


class DraftForm(HandoverForm):
    """The draft of the reply, shared by colleagues. Sent with `then` = ask it goes to the head at once."""

    title, act = _("写答复"), _("存下草稿")
    ASK: ClassVar[str] = "ask"
    text = forms.CharField(
        label=_("答复内容"),
        help_text=_("先说办了什么、没办什么，再说为什么。用谁都看得懂的话。"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    measures = forms.CharField(
        label=_("措施"),
        help_text=_("一行一条：做了什么，谁做的，哪天。"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    outcome = needed_when(
        forms.ChoiceField(label=_("答复类别"), required=False, widget=forms.RadioSelect), _("送审以前要选")
    )
    promise = needed_when(forms.CharField(label=_("答应做什么"), max_length=200, required=False), IF_LATER)
    promised_on = needed_when(
        forms.DateField(
            label=_("哪一天做到"), help_text=_("到期没做到，这件事自动重新办。"), required=False, widget=DayInput
        ),
        IF_LATER,
    )
    attachment = AttachmentField(
        label=_("附件"), help_text=_("PDF、Word、Excel或者图片，不超过20兆。一次加一份。"), required=False
    )
    edition = Edition()

    def __init__(self, seen: SeenByUnit, *args: Any, **kwargs: Any) -> None:
        written = seen.draft or Reply()
        names = ("text", "measures", "outcome", "promise", "promised_on")
        kwargs.setdefault("initial", {name: getattr(written, name) for name in names})
        super().__init__(seen, *args, **kwargs)
        if not seen.takes_files:
            del self.fields["attachment"]
        if seen.handover.role == Handover.Role.CO:
            for name in ("outcome", "promise", "promised_on"):
                del self.fields[name]
        else:
            self.fields["outcome"].choices = _classes(seen.rules)
            self.fields["promise"].help_text = _told_when(seen.rules)

    def saved_meanwhile(self, fresh: Reply | None) -> Reply | None:
        """The draft as a colleague saved it since the page was read; saving once more then replaces it knowingly."""
        if fresh is None or str(fresh.edition) == self.data.get("edition"):
            return None
        self.data = {**{name: self.data.get(name) for name in self.data}, "edition": str(fresh.edition)}
        return fresh

    @property
    def asks(self) -> bool:
        """Whether it goes to the head at once."""
        return bool(self.data.get("then") == self.ASK)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("送审了，等负责人批准。") if self.asks else gettext("草稿存下了，同事也能接着写。")

    def clean_attachment(self) -> Any:
        """The upload, or none; where there are not too many already."""
        if not (upload := self.cleaned_data["attachment"]):
            return None
        if len(self.seen.files) >= MOST_FILES:
            told = gettext("附件最多%(most)d份。请先删去一份。") % {"most": MOST_FILES}
            raise ValidationError(told)
        return upload

    def clean(self) -> dict[str, Any]:
        """What comes later is promised with a day; what goes to the head is whole."""
        given = super().clean() or {}
        if "outcome" in self.fields:
            self._check_promise(given)
            if self.asks and not given.get("outcome") and "outcome" not in self.errors:
                self.add_error("outcome", gettext("请选一类。"))
        return given

    def _check_promise(self, given: dict[str, Any]) -> None:
        known = self.seen.rules.outcomes.get(given.get("outcome") or "")
        if known is None or known.means != Means.LATER:
            given["promise"], given["promised_on"] = "", None
            return
        for name in ("promise", "promised_on"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, gettext("“%(outcome)s”要写明这一栏。") % {"outcome": known.called})
        if (day := given.get("promised_on")) and day <= today():
            self.add_error("promised_on", str(PromisePast()))

    def verb(self, *, attachment: Any = None, **facts: Any) -> None:
        """Save the draft, with what was attached; where it was asked, it goes to the head."""
        laid = documents.lay(attachment, kind=FileKind.ATTACHMENT) if attachment else None
        try:
            with transaction.atomic():
                reply = handled.draft(self.thing, **facts)
                if laid:
                    self._attach(laid, reply, facts["by"], facts["at"])
                if self.asks:
                    handled.ask_approval(self.thing, by=facts["by"], at=facts["at"])
        except RuleError:
            if laid:
                laid.drop()
            raise

    def _attach(self, laid: documents.Laid, reply: Reply, by: UUID, at: datetime) -> None:
        owner, body = Ref("reply", reply.pk), self.seen.case.body_id
        documents.keep(laid, kind=laid.kind, owner=owner, body=body, by=by, at=at)


def _classes(rules: ReplyRules) -> list[tuple[str, str]]:
    """The preset's classes of replies, each with its mark."""
    return [(code, f"{one.mark}　{one.called}" if one.mark else one.called) for code, one in rules.outcomes.items()]


def _told_when(rules: ReplyRules) -> str:
    """Which classes ask for a promise and its day."""
    later = gettext("、").join(one.called for one in rules.outcomes.values() if one.means == Means.LATER)
    return gettext("选了“%(outcome)s”的，这一栏和下一栏都要填。") % {"outcome": later}


class DiscardForm(HandoverForm):
    """An attachment of the draft goes; the draft has to be approved anew."""

    title, act = _("删去附件"), _("删去")

    def __init__(self, seen: SeenByUnit, file: File, *args: Any, **kwargs: Any) -> None:
        super().__init__(seen, *args, **kwargs)
        self.file = file

    def verb(self, **facts: Any) -> None:
        """Discard it."""
        with transaction.atomic():
            handled.draft(self.thing, by=facts["by"], at=facts["at"])
            documents.discard(self.file, by=facts["by"], at=facts["at"])
