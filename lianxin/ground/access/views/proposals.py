"""Rules that wait for another person: read what differs, approve them, send them back, or give them up."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.policy import Answer
from lianxin.ground.access.views.rules import ADOPT, APPROVE, proposals
from lianxin.ground.core.clock import today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.forms import ActForm
from lianxin.ground.core.parts import parts_of
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.rulebook.drafts import differences
from lianxin.ground.rulebook.errors import OwnProposal, RulesRefused
from lianxin.ground.rulebook.forms import ApproveForm, SendBackForm, WithdrawForm
from lianxin.ground.rulebook.models import RulesProposal


@dataclass(frozen=True)
class Deed:
    """An act: its address, its form, what its button says, the right it needs."""

    kind: str
    form: type[ActForm]
    label: str | Promise
    needs: str


DEEDS = {
    deed.kind: deed
    for deed in (
        Deed("approve", ApproveForm, gettext_lazy("批准"), APPROVE),
        Deed("send-back", SendBackForm, gettext_lazy("退回去改"), APPROVE),
        Deed("withdraw", WithdrawForm, gettext_lazy("作废"), ADOPT),
    )
}


@require_safe
@needs(ADOPT, APPROVE)
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One proposal: who proposed it and why, what differs, whether it still holds up; and what upper apps tell of it."""
    own = get_object_or_404(RulesProposal.objects.select_related("based_on", "version"), pk=pk)
    context = proposals([own])[0] | {
        "problems": own.draft.problems() if own.is_waiting else (),
        "deeds": [(deed, _answer(request, deed, own)) for deed in DEEDS.values() if _applies(deed, own)],
        "may_propose": bool(can(request.user, ADOPT)),
    }
    context["lines"] = list(differences(own.replaced, own.texts))  # all of them: whoever approves has read every line
    return render(request, "rulebook/proposal.html", context | parts_of("access:proposal", request, own))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADOPT, APPROVE)
def decide(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Approve it, send it back, or give it up."""
    if not (deed := DEEDS.get(kind)):
        raise Http404(kind)
    demand(request.user, deed.needs)
    own = get_object_or_404(RulesProposal.objects.select_related("based_on"), pk=pk)
    form = deed.form(own, request.POST if request.method == "POST" else None)
    called = _("%(place)s的新规则") % {"place": own.place}
    return act_page(request, form, of=called, back=reverse("access:proposal", args=[pk]))


def _applies(deed: Deed, own: RulesProposal) -> bool:
    return own.is_waiting if deed.needs == APPROVE else own.may_be_given_up


def _answer(request: HttpRequest, deed: Deed, own: RulesProposal) -> Answer:
    """Whether this person may do it now, or why not."""
    if not (may := can(request.user, deed.needs)) or deed.needs == ADOPT:
        return may
    if own.proposed_by_id == request.user.pk:
        return Answer(False, str(OwnProposal()))
    if deed.kind == "approve":
        try:
            own.must_be_fit(today())
        except RulesRefused:
            return Answer(False, _("按今天的法律检查，有地方要改。"))
        except RuleError as lacking:
            return Answer(False, str(lacking))
    return may
