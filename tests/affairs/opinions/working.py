"""How far a matter has come, in one call each; and what its rows say."""

from datetime import timedelta

from lianxin.affairs.opinions.actions import handling, replying, sorting
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.models import Event
from tests.affairs.opinions.builders import NOON

DAY = timedelta(days=1)


def case_of(opinion):
    return Case.objects.get(pk=opinion.case_id)


def running(opinion, **facts):
    return Handover.objects.running().get(case=opinion.case_id, **facts)


def kinds_of(opinion):
    return list(Event.objects.about("opinion", opinion.pk).order_by("recorded_at", "id").values_list("kind", flat=True))


def accepted(office, at=NOON, **facts):
    opinion = office.opinion(**facts)
    sorting.accept(opinion, by=office.clerk.pk, at=at)
    return opinion


def handed(office, unit=None, **facts):
    """With a unit; the opinion and the handover of the lead."""
    opinion = accepted(office, **facts)
    handling.hand_to_units(opinion, unit or office.roads, by=office.clerk.pk, at=NOON)
    return opinion, running(opinion, role="lead")


def reply(office, lead, at=NOON, outcome="solved", **facts):
    """Drafted, approved and sent."""
    draft = replying.draft(lead, by=office.clerk.pk, at=at, text="七盏灯都修好了。", outcome=outcome, **facts)
    replying.approve(lead, by=office.clerk.pk, at=at, edition=draft.edition)
    return replying.send(lead, by=office.clerk.pk, at=at)


def answered(office, outcome="solved", at=NOON + DAY, promise="", promised_on=None, **facts):
    opinion, lead = handed(office, **facts)
    reply(office, lead, at, outcome, promise=promise, promised_on=promised_on)
    return opinion


def merged(office, *others, into):
    for other in others:
        sorting.merge(other, into, by=office.clerk.pk, at=NOON)
