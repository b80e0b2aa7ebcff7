"""The page of figures: each says how it was found and opens its list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.ground.core import figures
from lianxin.ground.core.clock import today
from lianxin.ground.core.figures import Period

YEARS = 3


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """The figures of opinions in a year or a month; this year's where none is named."""
    day = today()
    period = Period.named(request.GET.get("period", "")) or Period.year(day.year)
    shown = {name.partition(".")[2]: figures.read(name, period) for name in CODES}
    context = {
        "period": period,
        "years": [Period.year(day.year - back) for back in range(YEARS)],
        "months": [Period.month(day.year, month) for month in range(day.month, 0, -1)],
        "figures": shown,
        "as_of": shown["received"].as_of,
    }
    return render(request, "opinions/public/figures.html", context)


CODES = (
    "opinions.so_far",
    "opinions.done",
    "opinions.running",
    "opinions.received",
    "opinions.answered",
    "opinions.in_time",
    "opinions.median_days",
    "opinions.satisfied",
    "opinions.solved",
    "opinions.claimed_by_units",
    "opinions.claimed_by_offices",
    "opinions.no_answer",
    "opinions.not_asked",
    "opinions.reopened",
)
