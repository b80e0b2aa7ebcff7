"""The demonstration: made-up people at a real place, by the verbs offices use, the same every time."""

from datetime import date
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from lianxin.account.bulletin.models import Issue
from lianxin.affairs.opinions.actions import judging
from lianxin.affairs.opinions.meetings import matters
from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.affairs.opinions.queues import Tab, handled_by, in_tab
from lianxin.affairs.stations.models import Posting, Station
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.doors.demo.building.people import LED_BY_CADRES, ROLES
from lianxin.doors.demo.building.sessions import meetings
from lianxin.doors.demo.names import FAMILY, TRADE_OF, invented
from lianxin.doors.demo.rules import DemoRules
from lianxin.ground.access.demo import demo_sign_ins
from lianxin.ground.access.models import User
from lianxin.ground.cases.models import Case, Promise, Round
from lianxin.ground.core import figures
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.figures import Period
from lianxin.ground.core.models import Event, Platform
from lianxin.ground.documents.models import Paper, PaperKind
from lianxin.ground.people.models import Body, Mandate, Membership, Person, Region, Session, Term
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force


@pytest.mark.django_db
@pytest.mark.load
@pytest.mark.parametrize("preset", ["dianjun", pytest.param("xunyang", marks=pytest.mark.either)])
def test_a_district_and_a_county_can_be_shown(preset: str) -> None:
    call_command("demo", preset, verbosity=0)

    platform, seats = Platform.objects.get(), in_force(today()).section(DemoRules).seats
    assert platform.is_demo
    counties = Body.objects.congresses().filter(level=CongressLevel.COUNTY).count()
    assert Mandate.objects.filter(level=CongressLevel.COUNTY).count() == seats.county * counties
    assert {sign_in.duties[0].grant.role for sign_in in demo_sign_ins()} >= {
        "deputy",
        "office_clerk",
        "unit_head",
        "audit",
    }
    assert_a_unit_has_work_and_a_head()
    assert Mandate.objects.count() == Event.objects.filter(kind="people.mandate_began").count()
    assert Membership.objects.count() == Event.objects.filter(kind="people.joined").count()
    assert Posting.objects.count() == Event.objects.filter(kind="stations.posted").count()
    assert_as_a_locality_would(seats.county)
    assert_voices_are_heard()
    assert_suggestions_are_on_their_way()
    if preset == "dianjun":
        assert_it_comes_to_the_account_s_847_opinions()
    village = Region.objects.filter(level=Level.VILLAGE, stations__isnull=False).first()
    assert village is not None
    levels = set(Mandate.objects.standing_for(village, today()).values_list("level", flat=True))
    assert levels >= {CongressLevel.COUNTY, CongressLevel.CITY, CongressLevel.PROVINCE, CongressLevel.NATIONAL}


def assert_it_comes_to_the_account_s_847_opinions() -> None:
    """Chutian Zhuren 2023/6: 847 opinions, 792 answered there or done, 55 in progress; recounted from the record alone.

    One that is begun anew changes each number that is counted, and none that was issued.
    """
    assert recounted() == {"so_far": 847, "done": 792, "running": 55} == counted()
    issue = Issue.objects.issued().get()
    told = {one.code.partition(".")[2]: one.told for one in issue.sheet.numbers}
    assert (told["so_far"], told["done"], told["running"]) == ("847", "792 / 847", "55 / 847")
    answered = Opinion.objects.filter(case__stage=Case.Stage.ANSWERED, case__outcome="solved").exclude(
        pk__in=Event.objects.filter(kind="opinions.rated").values("subject_id")
    )
    judging.reopen(answered.first(), "又坏了。", at=now())
    assert recounted() == {"so_far": 847, "done": 791, "running": 56} == counted()
    issue.refresh_from_db()
    assert {one.code.partition(".")[2]: one.told for one in issue.sheet.numbers} == told


def recounted() -> dict[str, int]:
    """What was told, and what of it stands answered or declined and not begun anew, by the last such event of each."""
    ends = ("opinions.told", "opinions.replied", "opinions.declined", "opinions.reopened")
    of = Event.objects.filter(kind__in=ends).order_by("happened_at", "recorded_at", "id")
    last: dict[UUID, str] = dict(of.values_list("subject_id", "kind"))
    done = sum(kind in ("opinions.replied", "opinions.declined") for kind in last.values())
    return {"so_far": len(last), "done": done, "running": len(last) - done}


def counted() -> dict[str, int | None]:
    """The same as the figures say."""
    month = Period.month(today().year, today().month)
    names = ("so_far", "done", "running")
    return {name: figures.definition(f"opinions.{name}").count(month, now()).part for name in names}


def assert_a_unit_has_work_and_a_head() -> None:
    """Who signs in for a unit finds matters that run and matters that are over, and so does its head."""
    clerk, head = (User.objects.get(username=name) for name in ("chengban", "fuzeren"))
    assert set(handled_by(clerk)) == set(handled_by(head))
    assert handled_by(clerk).running().exists()
    assert in_tab(handled_by(head), Tab.DONE).exists()


def assert_voices_are_heard() -> None:
    """Matters wait for everybody who can have one, some are over, and nothing lies in the time to come."""
    told, over = Case.objects.filter(kind="opinion"), Case.objects.filter(kind="opinion", ended_at__isnull=False)
    waiting = {"office", "meeting", "deputy", "unit", "suggest", "author", "judging"}
    assert set(told.open().values_list("waits_for", flat=True)) == waiting
    assert set(over.values_list("ending", flat=True)) == {"judged", "declined"}
    assert Opinion.objects.count() == Event.objects.filter(kind="opinions.told").count() > 100
    assert Round.objects.filter(cause="reopened").exists()
    assert Promise.objects.exists()
    met = Meeting.objects.get()
    assert met.on < today()
    assert Paper.objects.get(kind=PaperKind.MEETING).about_id == met.pk
    assert {one.decision.on for one in matters(met.body_id, met.on, Opinion.objects.all())} == {None, met.on}
    assert not Event.objects.filter(happened_at__gt=now()).exists()


def assert_suggestions_are_on_their_way() -> None:
    """Drafts, what the office has to review, what units answer, what is to be rated; and none public with private words."""
    assert Suggestion.objects.filter(case__isnull=True).exists()
    assert set(Case.objects.filter(kind="suggestion").values_list("stage", flat=True)) >= {"received", "handling"}
    assert Suggestion.objects.public().exists()
    assert not Suggestion.objects.public().filter(bases__opinion__is_public=False).exists()


def assert_as_a_locality_would(county_seats: int) -> None:
    """Terms, sessions, committees and trades that fit together; every verb left its event."""
    running = dict(Term.objects.values_list("congress__level", "number"))
    assert (running[CongressLevel.NATIONAL], running[CongressLevel.PROVINCE]) == (14, 14)
    assert Term.objects.count() == Event.objects.filter(kind="people.term_opened").count()
    for congress in Body.objects.congresses():
        numbers = list(congress.terms.get().sessions.order_by("starts_on").values_list("number", flat=True))
        assert len(numbers) >= 3
        assert numbers == list(range(1, len(numbers) + 1))
    assert not Session.objects.filter(ends_on__gte=today()).exists()
    empty = Body.objects.filter(kind__in=ROLES, memberships=None).exclude(level__in=("city", "province", "national"))
    assert list(empty) == []
    assert Body.objects.filter(kind="special_committee").count() >= 6
    for mandate in Mandate.objects.select_related("person")[:county_seats]:
        assert TRADE_OF.get((mandate.person.employer, mandate.person.post), "干部") == mandate.trade
    leaders = Membership.objects.filter(body__kind="standing_committee", role="director").select_related("person")
    assert {one.person.post for one in leaders} == {"主任"}
    offices = Membership.objects.filter(body__kind__in=LED_BY_CADRES, role="director")
    assert set(offices.values_list("person__mandates__trade", flat=True)) == {"干部"}
    linked = Person.objects.get(user__username="daibiao")
    assert Event.objects.filter(kind="people.person_linked", subject_id=linked.pk).count() == 1


def test_sessions_follow_one_another_and_lie_before_today() -> None:
    held = list(meetings(date(2026, 1, 6)))
    county = [(one.number, one.starts_on.year) for one in held if one.level == CongressLevel.COUNTY]
    assert county == [(1, 2021), (2, 2023), (3, 2024), (4, 2025)]  # that of January 2026 is not over yet
    assert [one.number for one in held if one.level == CongressLevel.NATIONAL] == [1, 2, 3]


@pytest.mark.django_db
@pytest.mark.load
def test_a_platform_is_founded_without_people_and_only_once() -> None:
    call_command("found", "dianjun", verbosity=0)

    assert not Person.objects.exists()
    assert not Platform.objects.get().is_demo
    assert demo_sign_ins() == []
    assert Body.objects.congresses().filter(level=CongressLevel.TOWNSHIP).count() == 4
    assert Body.objects.filter(kind="subdistrict_committee").count() == 1
    assert not Station.objects.exists()
    with pytest.raises(CommandError, match="已经建立过"):
        call_command("demo", "dianjun", verbosity=0)


def test_the_same_seed_makes_the_same_people_and_no_two_share_a_name() -> None:
    first, second = invented("a"), invented("a")
    names = [next(first) for _ in range(1700)]

    assert names == [next(second) for _ in range(1700)]
    assert len(set(names)) == 1700
    assert all(name[0] in FAMILY for name in names)
