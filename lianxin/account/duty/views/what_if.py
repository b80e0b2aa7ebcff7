"""What would be, were a regulation another: person by person, worked out anew each time, and never stored."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lianxin.account.duty.comparing import Change
from lianxin.account.duty.forms import WhatIfForm, title_of
from lianxin.account.duty.parties.asked import A_DAY
from lianxin.account.duty.taking_out import WHAT_IF
from lianxin.account.duty.telling_changes import Told
from lianxin.account.duty.trials import Trial, keep, kept
from lianxin.ground.access.doors import needs
from lianxin.ground.core.clock import today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.exports import handed_out

ADOPT, APPROVE = "rulebook.adopt", "rulebook.approve"
SIZE = 50  # how many stand on one page


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADOPT, APPROVE)
def what_if(request: HttpRequest) -> HttpResponse:
    """Choose a regulation and a period; then who would have more or less, the largest difference first."""
    if request.method != "POST":
        return _page(request, WhatIfForm(initial={"on": today(), "after": request.GET.get("after", "")}))
    form = WhatIfForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        done = _tried(form)
    except RulesRefused as refused:
        return _page(request, form, problems=refused.problems)
    except RuleError as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    if request.POST.get("as") == "xlsx":
        return handed_out(WHAT_IF, map(Told, done.changes), title_of(done.after))
    form.carry_on()
    return _page(request, form, done=done, versions=_versions(done), **_part(done.others, request.POST.get("page", "")))


def _page(request: HttpRequest, form: WhatIfForm, **told: Any) -> HttpResponse:
    """The form, and below it what came of it; a refusal, where it does not hold up."""
    is_refused = bool(told.get("problems")) or (form.is_bound and bool(form.errors))
    return render(request, "duty/what_if.html", {"form": form, **told}, status=422 if is_refused else 200)


def _tried(form: WhatIfForm) -> Trial:
    """What the form asks for. Raises RulesRefused, NoSuchRegulation, NotInAnyPeriod."""
    if trial := kept(form.asked):
        return trial
    of = form.which.body_id
    body = Body.objects.select_related("region").get(pk=of) if of else None
    trial = Trial.of(*form.versions(), form.cleaned_data["on"], body)
    keep(form.asked, trial)
    return trial


def _versions(trial: Trial) -> list[tuple[str, date, date]]:
    """Both by their titles, each with the first and the last day of its period."""
    both = zip((trial.before, trial.after), trial.periods, strict=True)
    return [(title_of(rule), period.start, period.end - A_DAY) for rule, period in both]


def _part(changes: Sequence[Change], asked: str) -> dict[str, Any]:
    """The page of changes that was asked for, as many pages as there are, and those beside it."""
    pages = max(1, -(-len(changes) // SIZE))
    number = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() else 1
    first = (number - 1) * SIZE
    return {
        "rows": [Told(change) for change in changes[first : first + SIZE]],
        "pages": pages,
        "number": number,
        "newer": number - 1 or None,
        "older": number + 1 if number < pages else None,
    }
