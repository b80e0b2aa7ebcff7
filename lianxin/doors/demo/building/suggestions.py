"""What the deputy of the demonstration makes of opinions that were taken up: suggestions, step by step."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lianxin.affairs.suggestions.actions import answering, drafting, submitting
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Mandate
from lianxin.lib.text.private import masked

if TYPE_CHECKING:
    from lianxin.doors.demo.building.opinions import Story

JOINING = 3
SHOWN = 24  # signs of what was said in the title
ANALYSIS = "这件事跨了村和部门，单靠村里办不了；钱和管养的责任没有说清，所以一直拖着。"
ADVICE = "请有关部门到现场看一次，把谁出钱、谁管养、哪天办完说清楚，办完以后告诉反映的群众。"


def _raise(story: "Story", at: datetime) -> None:
    """A draft that stands on the opinion."""
    said = story.told()
    parts = {"facts": masked(said.text), "analysis": ANALYSIS, "advice": ADVICE}
    title = f"关于解决“{masked(said.title)[:SHOWN]}”问题的建议"
    story.suggestion = drafting.begin(
        story.mandate, title, opinions=[said], id=new_id(), by=story.deputy, at=at, **parts
    )


def _ask(story: "Story", at: datetime) -> None:
    """Colleagues of the same congress are asked, and all but the last join."""
    made = _of(story)
    seats = Mandate.objects.at_work(day_of(at)).filter(congress=story.mandate.congress_id)
    others = seats.exclude(person=story.mandate.person_id).order_by("card_number")[:JOINING]
    asked = [drafting.ask(made, mandate, by=story.deputy, at=at) for mandate in others]
    for signature in asked[:-1]:
        drafting.sign(signature, digest=made.digest, by=story.clerk, at=at)


def _hand_over(story: "Story", at: datetime) -> None:
    submitting.hand_over(_of(story), story.unit, by=story.clerk, at=at)
    if story.told().is_public:  # its words stand in the suggestion
        submitting.publish(_of(story), by=story.clerk, at=at)


def _answer(story: "Story", at: datetime) -> None:
    lead = _lead_of(story)
    draft = answering.draft(lead, by=story.handler, at=at, text=story.saying.answer, outcome="partly")
    answering.approve(lead, by=story.handler, at=at, edition=draft.edition)
    answering.send(lead, by=story.handler, at=at)


def _of(story: "Story") -> Suggestion:
    """The suggestion, as it reads now."""
    assert story.suggestion
    return Suggestion.objects.get(pk=story.suggestion.pk)


def _lead_of(story: "Story") -> Handover:
    return Handover.objects.running().get(case=_of(story).case_id, role=Handover.Role.LEAD)


VERBS: dict[str, Callable[["Story", datetime], object]] = {
    "raise": _raise,
    "ask_to_join": _ask,
    "submit": lambda story, at: submitting.submit(_of(story), by=story.deputy, at=at),
    "hand_suggestion": _hand_over,
    "sign_in_suggestion": lambda story, at: submitting.sign_in(_lead_of(story), by=story.handler, at=at),
    "answer_suggestion": _answer,
    "rate_reply": lambda story, at: answering.rate(_of(story), "yes", "partly", by=story.deputy, at=at),
}
_TAKEN = ((1, "deputy"), (2, "take_up"), (3, "raise"))
_HANDED = (*_TAKEN, (4, "ask_to_join"), (5, "submit"), (8, "hand_suggestion"))
COURSES: tuple[tuple[tuple[int, str], ...], ...] = (  # how an opinion goes that becomes a suggestion
    (*_HANDED, (10, "sign_in_suggestion"), (21, "answer_suggestion"), (24, "rate_reply")),
    _TAKEN,
    (*_TAKEN, (4, "submit")),
    (*_HANDED, (10, "sign_in_suggestion")),
    (*_HANDED, (9, "sign_in_suggestion"), (19, "answer_suggestion"), (20, "satisfied")),
)
