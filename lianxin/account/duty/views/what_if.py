"""What would be, were a regulation another: person by person, worked out anew each time, and never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lianxin.account.duty.comparing import Change, compare
from lianxin.account.duty.forms import WhatIfForm, title_of
from lianxin.account.duty.parties.asked import A_DAY
from lianxin.account.duty.sheets import Sheets, sheets
from lianxin.account.duty.taking_out import WHAT_IF
from lianxin.account.duty.telling_changes import Told
from lianxin.account.duty.versions import period_of
from lianxin.ground.access.doors import needs
from lianxin.ground.core.clock import today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.exports import handed_out

ADOPT = "rulebook.adopt"
SIZE = 50  # how many stand on one page


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADOPT)
def what_if(request: HttpRequest) -> HttpResponse:
    """Choose a regulation and a period; then who would have more or less, the largest difference first."""
    if request.method != "POST":
        return _page(request, WhatIfForm(initial={"on": today()}))
    form = WhatIfForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        done = _Compared.of(form)
    except RulesRefused as refused:
        return _page(request, form, problems=refused.problems)
    except RuleError as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    if request.POST.get("as") == "xlsx":
        return handed_out(WHAT_IF, map(Told, done.changes), title_of(done.after.written.rule))
    form.carry_on()
    return _page(request, form, done=done, **_part(done.others, request.POST.get("page", "")))


def _page(request: HttpRequest, form: WhatIfForm, **told: Any) -> HttpResponse:
    """The form, and below it what came of it; a refusal, where it does not hold up."""
    is_refused = bool(told.get("problems")) or (form.is_bound and bool(form.errors))
    return render(request, "duty/what_if.html", {"form": form, **told}, status=422 if is_refused else 200)


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


@dataclass(frozen=True)
class _Compared:
    """Both versions worked out, and what differs."""

    before: Sheets
    after: Sheets

    @classmethod
    def of(cls, form: WhatIfForm) -> "_Compared":
        """What the form asks for. Raises RulesRefused, NoSuchRegulation, NotInAnyPeriod."""
        of = form.which.body_id
        body = Body.objects.select_related("region").get(pk=of) if of else None
        before, after = form.versions()
        day = form.cleaned_data["on"]
        return cls(*(sheets(one, period_of(one, day), body) for one in (before, after)))

    @cached_property
    def changes(self) -> list[Change]:
        """Everybody, those with the largest difference first."""
        return compare(self.before, self.after)

    @cached_property
    def others(self) -> list[Change]:
        """Those for whom something would differ."""
        return [change for change in self.changes if change.is_other]

    @property
    def more(self) -> int:
        """How many would have more points."""
        return sum((change.difference or 0) > 0 for change in self.others)

    @property
    def fewer(self) -> int:
        """How many would have fewer."""
        return sum((change.difference or 0) < 0 for change in self.others)

    @property
    def regraded(self) -> int:
        """How many would have another grade."""
        return sum(change.is_regraded for change in self.others)

    @property
    def versions(self) -> list[tuple[str, date, date]]:
        """Both by their titles, each with the first and the last day of its period."""
        both = (self.before, self.after)
        return [(title_of(one.written.rule), one.period.start, one.period.end - A_DAY) for one in both]

    @property
    def has_requirements(self) -> bool:
        """Whether a version requires anything, so that it can be missed."""
        return any(item.asks for one in (self.before, self.after) for item in one.written.regulation.items)

    @property
    def has_waiting(self) -> bool:
        """Whether somebody's total still waits for something."""
        return any(one and one.waits for change in self.others for one in (change.before, change.after))
