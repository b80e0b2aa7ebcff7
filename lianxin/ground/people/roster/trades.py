"""行业 Trades that a roster writes as nobody on the platform does: no mistake, and perhaps another word for the same."""

from difflib import get_close_matches

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.people.models import Mandate
from lianxin.ground.people.roster.plan import Plan
from lianxin.ground.people.roster.sheets import Row

TOLD = 10  # new words; of more, how many there are
BESIDE = 3  # words of the platform told with each


def tell_new_trades(plan: Plan) -> None:
    """Put a note into the plan for each trade that would be new beside those of the platform. None where it has no trade yet.

    No list of trades is given by any rule, so that no word is refused.
    """
    said = _said(plan)
    if not said:
        return
    counted = Mandate.objects.exclude(trade="").values("trade").annotate(count=Count("id"))
    known = list(counted.order_by("-count", "trade").values_list("trade", flat=True))
    new = [trade for trade in said if known and trade not in known]
    for trade in new[:TOLD]:
        near = get_close_matches(trade, known, n=BESIDE, cutoff=0.5) or known[:BESIDE]
        plan.notes.append(
            _("新的行业写法：%(trade)s（%(sheet)s第%(row)s行；平台里有%(known)s）。是一个意思，就改成平台里的写法。")
            % {
                "trade": trade,
                "sheet": said[trade].header.title,
                "row": said[trade].number,
                "known": _("、").join(near),
            }
        )
    if (more := len(new) - TOLD) > 0:
        told = ngettext("还有%(count)s种新的行业写法。", "还有%(count)s种新的行业写法。", more)
        plan.notes.append(told % {"count": more})


def _said(plan: Plan) -> dict[str, Row]:
    """Each trade that the roster brings or changes, and the first row that says it."""
    rows = [seat.line.row for seat in plan.mandates] + [it.row for it in plan.changed if "trade" in it.values]
    said: dict[str, Row] = {}
    for row in rows:
        if trade := row.get("trade"):
            said.setdefault(trade, row)
    return said
