"""What residents told in the last weeks and what became of it, done by the verbs, in the order of their moments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count, cycle, islice
from random import Random
from typing import Any
from uuid import UUID

from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.models import Channel, Opinion, Visibility
from lianxin.affairs.opinions.routing import Complaint
from lianxin.affairs.stations.models import Shift, Station
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.doors.demo.building import suggestions
from lianxin.doors.demo.building.sayings import SAYINGS, Saying
from lianxin.doors.demo.rules import DemoRules, Opinions
from lianxin.ground.access.models import User
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import day_of, now, start_of, travel
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.founding import counties_of
from lianxin.ground.people.models import Body, Mandate, Region, Unit
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force
from lianxin.ground.vault.particulars import Particulars

Act = Callable[[datetime], object]
CHANNELS = (
    Channel.ONLINE,
    Channel.ONLINE,
    Channel.RECEPTION,
    Channel.CALL,
    Channel.WALK_IN,
    Channel.LETTER,
    Channel.HOME,
)
EACH = 4  # how often every saying is heard, from other places
WORKING_HOURS = (9, 16)
LISTED, MET = 1, 3  # days after the telling; all that are listed meet on the same day


@dataclass
class Story:
    """One opinion and those who deal with it; `opinion` is there once it was told."""

    saying: Saying
    village: Region
    station: Station | None
    unit: Unit
    mandate: Mandate
    clerk: UUID
    handler: UUID
    deputy: UUID
    opinion: Opinion | None = None
    suggestion: Suggestion | None = None

    def told(self) -> Opinion:
        """The opinion, as it reads now."""
        assert self.opinion
        return Opinion.objects.with_case().get(pk=self.opinion.pk)

    def lies_with(self, *roles: str) -> Handover:
        """The running handover of these roles."""
        return Handover.objects.running().get(case=self.told().case_id, role__in=roles)

    def pass_up(self, at: datetime) -> None:
        """The county's office sorts it, where it is not there already."""
        opinion, county = self.told(), self.unit.region_id
        body = Body.objects.congresses().get(region=county, level=CongressLevel.COUNTY)
        if opinion.case.body_id != body.pk:
            sorting.pass_up(opinion, body.pk, by=self.clerk, at=at)

    def reply(self, at: datetime, outcome: str, **promise: Any) -> None:
        """The unit drafts, its head approves, and it goes out."""
        lead = self.lies_with("lead")
        told: dict[str, Any] = {"text": self.saying.answer, "outcome": outcome} | promise
        draft = replying.draft(lead, by=self.handler, at=at, **told)
        replying.approve(lead, by=self.handler, at=at, edition=draft.edition)
        replying.send(lead, by=self.handler, at=at)

    def draft(self, at: datetime) -> None:
        """The unit drafts, and the head has yet to approve."""
        lead = self.lies_with("lead")
        replying.draft(lead, by=self.handler, at=at, text=self.saying.answer, outcome="solved")
        replying.ask_approval(lead, by=self.handler, at=at)


NOT_OURS = "这一段不归我们管，请改交别的单位。"
BETWEEN_TWO = "这是两家之间的事，请村里的调解委员会先说和。"
WHERE = "请说说在哪一段、离哪家近，我们好去看。"
LOOKED = "到现场看过，和村里的人说了安排。"
ASKED = "我问过部门，已经排上日程；有了消息我再来告诉大家。"
AGAIN = "看过了，还是老样子，请再办一次。"
VERBS: dict[str, Callable[[Story, datetime], object]] = {
    "accept": lambda story, at: sorting.accept(story.told(), by=story.clerk, at=at),
    "to_county": lambda story, at: story.pass_up(at),
    "list": lambda story, at: sorting.list_for_meeting(
        story.told(), day_of(at) + timedelta(days=MET - LISTED), by=story.clerk, at=at
    ),
    "list_again": lambda story, at: sorting.list_for_meeting(
        story.told(), day_of(at) + timedelta(days=30), by=story.clerk, at=at
    ),
    "decline": lambda story, at: sorting.decline(story.told(), "private", BETWEEN_TWO, by=story.clerk, at=at),
    "ask": lambda story, at: sorting.ask_more(story.told(), WHERE, by=story.clerk, at=at),
    "hand": lambda story, at: handling.hand_to_units(story.told(), story.unit, by=story.clerk, at=at),
    "deputy": lambda story, at: handling.hand_to_deputy(story.told(), story.mandate, by=story.clerk, at=at),
    "sign_in": lambda story, at: handling.sign_in(story.lies_with("lead"), by=story.handler, at=at),
    "contact": lambda story, at: handling.contact(story.lies_with("lead"), LOOKED, by=story.handler, at=at),
    "ask_return": lambda story, at: handling.ask_return(story.lies_with("lead"), NOT_OURS, by=story.handler, at=at),
    "agree": lambda story, at: handling.agree_to_return(story.lies_with("lead"), by=story.clerk, at=at),
    "draft": Story.draft,
    "solved": lambda story, at: story.reply(at, "solved"),
    "later": lambda story, at: story.reply(
        at, "later", promise=story.saying.answer, promised_on=day_of(at) + timedelta(days=120)
    ),
    "on_the_spot": lambda story, at: replying.answer_now(
        story.told(), f"问过管这件事的单位：{story.saying.answer}", "solved", by=story.clerk, at=at
    ),
    "explain": lambda story, at: replying.answer_as_deputy(
        story.lies_with("answer", "taken_up"), ASKED, by=story.clerk, at=at
    ),
    "take_up": lambda story, at: handling.take_up(story.lies_with("answer"), by=story.clerk, at=at),
    "satisfied": lambda story, at: judging.rate(story.told(), "yes", "yes", words=story.saying.thanks, at=at),
    "fairly": lambda story, at: judging.rate(story.told(), "fairly", "partly", at=at),
    "unsolved": lambda story, at: judging.rate(story.told(), "no", "no", why="not_done", at=at),
    "reopen": lambda story, at: judging.reopen(story.told(), AGAIN, at=at),
    **suggestions.VERBS,
}


# How matters go, day by day after the telling; an empty one is new
Course = tuple[tuple[int, str], ...]
ON_THE_SPOT: Course = ((0, "on_the_spot"), (2, "satisfied"))
DONE = (
    "solved",
    "later",
    "on_the_spot",
    "explain",
    "decline",
    "answer_suggestion",
)  # what answers a matter, or ends it
RATED = 0.4  # of what was answered at receptions, how much is rated
COURSES: tuple[Course, ...] = (
    (),
    ((1, "accept"),),
    ((1, "accept"), (2, "hand")),
    ((1, "accept"), (2, "hand"), (3, "sign_in"), (4, "contact")),
    ((0, "to_county"), (LISTED, "list"), (MET, "hand"), (4, "sign_in")),
    ((0, "to_county"), (LISTED, "list"), (MET, "list_again")),
    ((1, "accept"), (1, "hand"), (2, "sign_in"), (3, "contact"), (9, "solved")),
    ((1, "accept"), (1, "hand"), (2, "sign_in"), (4, "contact"), (10, "solved"), (13, "satisfied")),
    ((0, "accept"), (1, "hand"), (2, "sign_in"), (3, "contact"), (8, "solved"), (12, "fairly")),
    ((1, "accept"), (2, "hand"), (3, "sign_in"), (9, "solved"), (11, "unsolved"), (12, "reopen"), (14, "hand")),
    ON_THE_SPOT,
    ((1, "accept"), (1, "hand"), (2, "sign_in"), (3, "contact"), (12, "later")),
    ((1, "accept"), (2, "hand"), (3, "ask_return")),
    ((1, "accept"), (1, "hand"), (2, "ask_return"), (3, "agree")),
    ((1, "accept"), (1, "hand"), (2, "sign_in"), (6, "draft")),
    ((1, "ask"),),
    ((0, "to_county"), (LISTED, "list"), (MET, "decline")),
    ((0, "to_county"), (LISTED, "list"), (MET, "deputy")),
    ((0, "to_county"), (LISTED, "list")),
    ((1, "deputy"), (3, "take_up")),
    ((1, "deputy"), (4, "explain"), (6, "satisfied")),
    ((1, "accept"), (1, "hand"), (2, "sign_in"), (3, "contact"), (9, "solved"), (12, "satisfied")),
    ((1, "accept"), (1, "hand"), (2, "sign_in"), (3, "contact"), (7, "solved"), (9, "satisfied")),
    *suggestions.COURSES,
)


def tell_all(home: Region) -> None:
    """Everything that residents told in the last weeks, each act at its own moment."""
    random = Random(home.code)
    wanted = in_force(day_of(now())).section(DemoRules).opinions
    acts = sorted(_acts(home, random, wanted), key=lambda act: act[0])
    for at, act in acts:
        with travel(at):
            act(at)


def _is_done(course: Course) -> bool:
    """Whether a matter that went so is answered, and not handled anew."""
    settled = [verb in DONE for _day, verb in course if verb in DONE or verb == "reopen"]
    return bool(settled) and settled[-1]


def _courses(wanted: Opinions | None) -> Iterator[Course]:
    """How one after another goes; no more of them remain running than are wanted, but for the complaint, which does too."""
    left = wanted.running - 1 if wanted else len(SAYINGS) * EACH
    for course in cycle(COURSES):
        if not _is_done(course):
            left -= 1
        yield course if _is_done(course) or left >= 0 else ON_THE_SPOT


def _heard_at_receptions(home: Region, random: Random, wanted: Opinions) -> Iterator[tuple[datetime, Act]]:
    """What is wanted besides: said on the last reception days, answered there, and rated by some."""
    shifts = list(Shift.objects.filter(state=Shift.State.HELD).with_station().order_by("held_on", "pk"))
    many = wanted.received - 1 - len(SAYINGS) * EACH
    for hour, story in enumerate(islice(_stories(home, random), many)):
        shift = random.choice(shifts)
        story.station, story.village = shift.station, shift.station.region
        yield _moment(shift.held_on, hour), _telling(story, Channel.RECEPTION, random)
        yield _moment(shift.held_on, hour, 1), partial(VERBS["on_the_spot"], story)
        if random.random() < RATED:
            verb = random.choices(("satisfied", "fairly"), (6, 1))[0]
            yield _moment(shift.held_on + timedelta(days=1), hour, 2), partial(VERBS[verb], story)


def _acts(home: Region, random: Random, wanted: Opinions | None) -> Iterator[tuple[datetime, Act]]:
    today, courses, channels = day_of(now()), _courses(wanted), cycle(CHANNELS)
    hours = count()
    if wanted:
        yield from _heard_at_receptions(home, random, wanted)
    for story in islice(_stories(home, random), len(SAYINGS) * EACH):
        course = next(courses)
        length = max((day for day, _verb in course), default=0)
        told_on = today - timedelta(days=length + (random.randint(0, 2) if length < 5 else random.randint(1, 25)))
        if (LISTED, "list") in course:
            told_on = _met_on(today) - timedelta(days=MET)
        hour = next(hours)
        yield _moment(told_on, hour), _telling(story, next(channels), random)
        for number, (day, verb) in enumerate(course, 1):
            yield _moment(told_on + timedelta(days=day), hour, number), partial(VERBS[verb], story)


def _met_on(today: date) -> date:
    """The last weekday on which there was a joint meeting: a day after it is over too."""
    on = today - timedelta(days=2)
    return on - timedelta(days=max(0, on.weekday() - 4))


def _moment(day: date, number: int, step: int = 0) -> datetime:
    """Within working hours, later steps of a day later; never in the time to come."""
    first, last = WORKING_HOURS
    at = start_of(day) + timedelta(hours=first, minutes=(number * 7) % ((last - first) * 30) + step * 30)
    return min(at, now() - timedelta(minutes=60 - step))


def _telling(story: Story, channel: Channel, random: Random) -> Act:
    visibility = random.choices((Visibility.UNNAMED, Visibility.STAFF, Visibility.NAMED), (5, 1, 1))[0]
    shown_name = f"老{random.choice('李王张刘陈')}" if visibility == Visibility.NAMED else ""
    particulars = (
        Particulars(name="", phone=f"1990000{random.randint(0, 9999):04}") if random.random() < 0.5 else Particulars()
    )

    def tell(at: datetime) -> None:
        shift = _reception_before(story, at) if channel == Channel.RECEPTION else None
        told = telling.Telling(
            id=new_id(),
            words=story.saying.words,
            region=story.village,
            subject=story.saying.subject,
            station=story.station,
            shift=shift,
            said_on=shift.held_on if shift else None,
            channel=channel,
            visibility=visibility,
            shown_name=shown_name,
            particulars=particulars,
            notice_version="2026-11",
        )
        story.opinion = telling.tell(told, by=None if channel == Channel.ONLINE else story.clerk, at=at)

    return tell


def _reception_before(story: Story, at: datetime) -> Shift | None:
    """The last reception at the station, at which it was said before somebody wrote it down."""
    held = Shift.objects.filter(station=story.station, state=Shift.State.HELD, held_on__lte=day_of(at))
    return held.order_by("-held_on").first()


def _stories(home: Region, random: Random) -> Iterator[Story]:
    clerk, handler, deputy = (User.objects.get(username=name).pk for name in ("bangong", "chengban", "daibiao"))
    own = Mandate.objects.get(person__user__username="daibiao", ends_on=None)
    for county in counties_of(home)[:1]:
        villages = list(Region.objects.within(county).filter(level=Level.VILLAGE).order_by("code"))
        units = {unit.short_name: unit for unit in Unit.objects.filter(region=county, parent=None)}
        stations = list(Station.objects.filter(region__in=villages, kind="point").order_by("pk"))
        for saying in cycle(one for one in SAYINGS for _time in range(EACH)):
            station = random.choice(stations) if stations and random.random() < 0.3 else None
            village = station.region if station else random.choice(villages)
            yield Story(saying, village, station, units[saying.unit], own, clerk, handler, deputy)


def complain(home: Region) -> None:
    """Somebody complains of a station: it goes past it."""
    station = Station.objects.order_by("pk").first()
    if station is None:
        return
    words = "接待日去了两次，门都没有开，打电话也没有人接。"
    told = telling.Telling(id=new_id(), words=words, region=station.region, complaint=Complaint.of(station))
    telling.tell(told, by=None, at=now())
