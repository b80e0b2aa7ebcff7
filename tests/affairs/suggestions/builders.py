"""Suggestions, as far as a test needs them."""

from datetime import timedelta
from typing import Any

from lianxin.affairs.opinions.actions import handling
from lianxin.affairs.suggestions.actions import answering, drafting, submitting
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from tests.affairs.opinions.builders import NOON

DAY = timedelta(days=1)
WORDS = {
    "title": "关于修好柳溪村进村路路灯的建议",
    "facts": "进村路两公里，七盏灯坏了三个月，学生晚上回家看不见路。",
    "analysis": "灯是村里装的，没有人管养；电费由哪里出没有说清。",
    "advice": "请交通运输局接管管养，今年冬天以前修好。",
}


def make_suggestion(office: Any, *, opinions: Any = (), **facts: Any) -> Suggestion:
    """A whole draft of the office's own deputy."""
    facts = {"lead": office.mandate, "id": new_id(), "by": office.clerk.pk, "at": NOON} | WORDS | facts
    return drafting.begin(facts.pop("lead"), facts.pop("title"), opinions=opinions, **facts)


def taken_up(office: Any, **facts: Any) -> Any:
    """An opinion that the office's deputy has taken up."""
    opinion = office.opinion(mandate=office.mandate, **facts)
    own = Handover.objects.running().get(case=opinion.case_id)
    handling.take_up(own, by=office.clerk.pk, at=NOON)
    return opinion


def submitted(office: Any, **facts: Any) -> Suggestion:
    """One that was submitted."""
    made = make_suggestion(office, **facts)
    submitting.submit(made, by=office.clerk.pk, at=NOON)
    return Suggestion.objects.with_case().get(pk=made.pk)


def handed(office: Any, *others: Any, **facts: Any) -> tuple[Suggestion, Handover]:
    """One that the roads bureau answers; the bureau's handover."""
    made = submitted(office, **facts)
    submitting.hand_over(made, office.roads, others, by=office.clerk.pk, at=NOON)
    return Suggestion.objects.with_case().get(pk=made.pk), running(made, role="lead")


def reply(office: Any, lead: Handover, *, outcome: str = "solved", at: Any = NOON, **facts: Any) -> Any:
    """Drafted, approved and sent."""
    told = {"text": "路灯由我局接管，七盏都修好了。", "outcome": outcome} | facts
    draft = answering.draft(lead, by=office.clerk.pk, at=at, **told)
    answering.approve(lead, by=office.clerk.pk, at=at, edition=draft.edition)
    return answering.send(lead, by=office.clerk.pk, at=at)


def answered(office: Any, **facts: Any) -> Suggestion:
    """One that was answered as solved."""
    made, lead = handed(office, **facts)
    reply(office, lead)
    return Suggestion.objects.with_case().get(pk=made.pk)


def running(made: Suggestion, **facts: Any) -> Handover:
    """The one handover that runs."""
    return Handover.objects.running().get(case=Suggestion.objects.get(pk=made.pk).case_id, **facts)


def kinds_of(made: Suggestion) -> list[str]:
    """What happened to it, in order."""
    told = Event.objects.about("suggestion", made.pk).order_by("happened_at", "recorded_at", "id")
    return [kind.removeprefix("suggestions.") for kind in told.values_list("kind", flat=True)]
