"""The rules in force, for whoever adopts them: read them, check changed ones, and put these into force."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.ground.access import scopes
from lianxin.ground.access.doors import needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import names
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.rulebook import adopt as put_in_force
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.drafts import Draft, differences
from lianxin.ground.rulebook.errors import NothingInForce
from lianxin.ground.rulebook.forms import AdoptForm, CheckForm
from lianxin.ground.rulebook.models import RulebookVersion
from lianxin.ground.rulebook.showing import shown

ADOPT = "rulebook.adopt"
BODIES, LINES = 200, 400


@require_safe
@needs(ADOPT)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force on a day, for the platform or a body; and every version there was."""
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
    }
    return render(request, "rulebook/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADOPT)
def check(request: HttpRequest) -> HttpResponse:
    """Check a preset with changed files: every mistake with its line, or what would change and from which day."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if form.is_valid():
        return _checked(request, form.draft())
    return render(request, "rulebook/check.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@needs(ADOPT)
def adopt(request: HttpRequest) -> HttpResponse:
    """Put rules that were checked into force."""
    form = AdoptForm(request.POST, bodies=_bodies())
    if not form.is_valid():
        draft = form.cleaned_data.get("draft")
        return _checked(request, draft, form) if draft else _again(request, form)
    draft, body, day = (form.cleaned_data[name] for name in ("draft", "body", "on"))
    try:
        put_in_force(draft.preset(), body_id=body, by=request.user.pk, at=now(), on=day)
    except RuleError as refused:
        form.add_error(None, str(refused))
        return _checked(request, draft, form)
    toasts.tell(request, _("规则从%(day)s起施行。") % {"day": date_format(day)})
    return redirect("access:rules")


def _checked(request: HttpRequest, draft: Draft, form: AdoptForm | None = None) -> HttpResponse:
    """What the check found; with mistakes, or a day that does not do, the page is a refusal."""
    context: dict[str, object] = {"draft": draft, "problems": draft.problems()}
    if not context["problems"]:
        preset = draft.preset()
        day = max(today(), preset.first_page.in_force.start)
        form = form or AdoptForm(initial={"draft": draft.packed(), "on": day}, bodies=_bodies())
        old = RulebookVersion.objects.in_force(today()).filter(body_id=None).first()
        lines = list(differences(old.files if old else {}, draft.texts))
        context |= {"preset": preset, "form": form, "lines": lines[:LINES], "has_more": len(lines) > LINES}
    is_refused = bool(context["problems"]) or bool(form and form.errors)
    return render(request, "rulebook/checked.html", context, status=422 if is_refused else 200)


def _again(request: HttpRequest, form: AdoptForm) -> HttpResponse:
    """Rules that were not checked, or too long ago: back to the check, with the reason."""
    context = {"form": CheckForm(), "why": form.errors.get("draft", [""])[0]}
    return render(request, "rulebook/check.html", context, status=422)


def _rows(versions: list[RulebookVersion]) -> list[dict[str, object]]:
    """Versions with whose they are, and who put them into force."""
    whose = scopes.names(("body", version.body_id) for version in versions if version.body_id)
    who = names(
        [("user", version.loaded_by_id) for version in versions if version.loaded_by_id]
        + [("preset", version.preset) for version in versions]
    )
    return [
        {
            "version": version,
            "place": who["preset", version.preset],
            "whom": whose.get(("body", version.body_id), ""),
            "by": who.get(("user", str(version.loaded_by_id)), ""),
        }
        for version in versions
    ]


def _bodies() -> list[tuple[UUID, str]]:
    return scopes.choices("body", limit=BODIES)


def _day(text: str) -> date:
    """The day asked for; today for what is no day."""
    try:
        return parse_date(text) or today()
    except ValueError:
        return today()
