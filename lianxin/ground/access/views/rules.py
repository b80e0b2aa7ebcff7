"""The rules in force, for whoever changes them: read them, check changed ones, and propose these to another person."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.ground.access import can, scopes
from lianxin.ground.access.doors import needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import names
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.drafts import Draft, differences
from lianxin.ground.rulebook.errors import NothingInForce
from lianxin.ground.rulebook.forms import CheckForm, FillForm, ProposeForm
from lianxin.ground.rulebook.models import RulebookVersion, RulesProposal
from lianxin.ground.rulebook.showing import shown

ADOPT, APPROVE = "rulebook.adopt", "rulebook.approve"
BODIES, LINES, UNDER_WAY = 200, 400, 50


@require_safe
@needs(ADOPT, APPROVE)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force on a day, for the platform or a body; what waits for approval; and every version there was."""
    day, body = _day(request.GET.get("on", "")), id_in(request.GET.get("body", ""))
    try:
        preset = in_force(day, body)
    except NothingInForce as nothing:
        preset, why = None, str(nothing)
    else:
        why = ""
    page = page_by_key(RulebookVersion.objects.defer("files"), ("-in_force_from", "-id"), request.GET)
    context = {
        "preset": preset,
        "why": why,
        "parts": shown(preset) if preset else [],
        "day": day,
        "body": body,
        "whom": scopes.name("body", body) if body else "",
        "page": page,
        "rows": _rows(page.rows),
        "proposals": proposals(RulesProposal.objects.under_way()[:UNDER_WAY]),
        "may_propose": bool(can(request.user, ADOPT)),
    }
    return render(request, "rulebook/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADOPT)
def check(request: HttpRequest) -> HttpResponse:
    """Check a preset with changed files: every mistake with its line, or what would change and from which day."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CheckForm(*sent, initial={"base": request.GET.get("base", "")})
    if form.is_valid():
        return checked(request, form.draft())
    return render(request, "rulebook/check.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADOPT)
def fill(request: HttpRequest) -> HttpResponse:
    """What the office has still to fill in, of the platform's rules or a body's; what is filled in is proposed."""
    body = id_in(request.GET.get("body", ""))
    version = RulebookVersion.objects.in_force(today()).filter(body_id=body).first()
    if version is None:
        return redirect("access:rules")
    form = FillForm(version, request.POST if request.method == "POST" else None)
    if form.is_valid() and (draft := form.draft()):
        return checked(request, draft)
    context = {"form": form, "whom": scopes.name("body", body) if body else ""}
    return render(request, "rulebook/open.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(ADOPT)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose rules that were checked: another person approves them."""
    form = ProposeForm(request.POST, bodies=_bodies())
    if not form.is_valid():
        draft = form.cleaned_data.get("draft")
        return checked(request, draft, form) if draft else _again(request, form)
    assert request.user.pk
    try:
        made = form.propose(by=request.user.pk, at=now())
    except RuleError as refused:
        form.add_error(None, str(refused))
        return checked(request, form.cleaned_data["draft"], form)
    toasts.tell(request, _("提出了，等另一个人批准。"))
    return redirect("access:proposal", made.pk)


def checked(request: HttpRequest, draft: Draft, form: ProposeForm | None = None) -> HttpResponse:
    """What the check found; with mistakes, or a day that does not do, the page is a refusal."""
    context: dict[str, object] = {"draft": draft, "problems": draft.problems()}
    if not context["problems"]:
        preset = draft.preset()
        day = max(today(), preset.first_page.in_force.start)
        form = form or ProposeForm(initial={"draft": draft.packed(), "on": day}, bodies=_bodies())
        old = RulebookVersion.objects.in_force(today()).filter(body_id=None).first()
        context |= {"preset": preset, "form": form} | changed_lines(old.files if old else {}, draft.texts)
    is_refused = bool(context["problems"]) or bool(form and form.errors)
    return render(request, "rulebook/checked.html", context, status=422 if is_refused else 200)


def changed_lines(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, object]:
    """What differs, as far as a page shows it."""
    lines = list(differences(old, new))
    return {"lines": lines[:LINES], "has_more": len(lines) > LINES}


def _again(request: HttpRequest, form: ProposeForm) -> HttpResponse:
    """Rules that were not checked, or too long ago: back to the check, with the reason."""
    context = {"form": CheckForm(), "why": form.errors.get("draft", [""])[0]}
    return render(request, "rulebook/check.html", context, status=422)


def _rows(versions: list[RulebookVersion]) -> list[dict[str, object]]:
    """Versions with whose they are, and who put them into force."""
    whose = scopes.names(("body", version.body_id) for version in versions if version.body_id)
    who = names(
        [("user", who) for version in versions for who in (version.loaded_by_id, version.proposed_by_id) if who]
        + [("preset", version.preset) for version in versions]
    )
    return [
        {
            "version": version,
            "place": who["preset", version.preset],
            "whom": whose.get(("body", version.body_id), ""),
            "by": who.get(("user", str(version.loaded_by_id)), ""),
            "proposer": who.get(("user", str(version.proposed_by_id)), ""),
        }
        for version in versions
    ]


def proposals(found: Iterable[RulesProposal]) -> list[dict[str, object]]:
    """Proposals with whose rules they are, and who proposed and decided."""
    found = list(found)
    whose = scopes.names(("body", proposal.body_id) for proposal in found if proposal.body_id)
    people = [who for proposal in found for who in (proposal.proposed_by_id, proposal.decided_by_id) if who]
    who = names([("user", id) for id in people] + [("preset", proposal.preset) for proposal in found])
    return [
        {
            "proposal": proposal,
            "place": who["preset", proposal.preset],
            "whom": whose.get(("body", proposal.body_id), "") if proposal.body_id else "",
            "proposer": who.get(("user", str(proposal.proposed_by_id)), ""),
            "decider": who.get(("user", str(proposal.decided_by_id)), ""),
        }
        for proposal in found
    ]


def _bodies() -> list[tuple[UUID, str]]:
    return scopes.choices("body", limit=BODIES)


def _day(text: str) -> date:
    """The day asked for; today for what is no day."""
    try:
        return parse_date(text) or today()
    except ValueError:
        return today()
