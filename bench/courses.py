"""How matters went that have ended, done by the verbs of the demonstration, so that copies of them are like what an office has.

Of twenty: one not taken, one answered on the spot, one explained by a deputy, seven handled by a unit, six where more was
asked and the author was heard a second time, four handled again in a second round. Together close to two hundred events.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.doors.demo.building.opinions import VERBS, Act, Story
from lianxin.doors.demo.building.sayings import SAYINGS, Saying
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now, travel
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Mandate, Region, Unit
from lianxin.ground.people.models.region import Level

HANDLED = ((1, "accept"), (1, "hand"), (2, "sign_in"), (4, "contact"), (10, "solved"), (13, "satisfied"))
ASKED = ((1, "accept"), (1, "hand"), (2, "sign_in"), (3, "ask"), (5, "add"), (6, "contact"), (12, "solved"))
TWICE = ((14, "satisfied"), (50, "satisfied"))
AGAIN = ((13, "unsolved"), (14, "reopen"), (15, "hand"), (16, "sign_in"), (18, "contact"), (25, "solved"))
COURSES: tuple[
    tuple[int, tuple[tuple[int, str], ...]], ...
] = (  # how many of twenty, and what was done after how many days
    (1, ((2, "decline"),)),
    (1, ((0, "on_the_spot"), (2, "satisfied"))),
    (1, ((1, "deputy"), (4, "explain"), (6, "satisfied"))),
    (7, HANDLED),
    (6, ASKED + TWICE),
    (4, ASKED + AGAIN + ((28, "satisfied"),)),
)
MORE = "在桥头东边，离卫生室不远。"
DOING: Mapping[str, Callable[[Story, datetime], object]] = VERBS | {
    "add": lambda story, at: telling.add(story.told(), MORE, at=at)
}


def ended() -> list[Opinion]:
    """Twenty that have ended, in turn as they would come."""
    made = [_walked(number, course) for times, course in COURSES for number in range(times)]
    return [made[number * 7 % len(made)] for number in range(len(made))]


def _walked(number: int, course: tuple[tuple[int, str], ...]) -> Opinion:
    story, began = _story(SAYINGS[number % len(SAYINGS)], number), now() - timedelta(days=course[-1][0] + 2)
    _do(partial(_told, story), began)
    for step, (day, verb) in enumerate(course, 1):
        _do(partial(DOING[verb], story), began + timedelta(days=day, minutes=step))
    return story.told()


def _do(act: Act, at: datetime) -> None:
    with travel(at):
        act(at)


def _told(story: Story, at: datetime) -> None:
    told = telling.Telling(id=new_id(), words=story.saying.words, region=story.village, subject=story.saying.subject)
    story.opinion = telling.tell(told, by=None, at=at)


def _story(saying: Saying, number: int) -> Story:
    clerk, handler = (User.objects.get(username=name).pk for name in ("bangong", "chengban"))
    villages = Region.objects.filter(level=Level.VILLAGE).order_by("code")
    unit = Unit.objects.get(region__level=Level.COUNTY, parent=None, short_name=saying.unit)
    own = Mandate.objects.get(person__user__username="daibiao", ends_on=None)
    return Story(saying, villages[number % villages.count()], None, unit, own, clerk, handler)
