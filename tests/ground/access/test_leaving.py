"""Staff leave: what is open is handed on, posts are not left empty, every way in is closed."""

from datetime import timedelta

import pytest

from lianxin.ground.access import answering, can, open_work
from lianxin.ground.access.actions import NewGrant, dismiss_post, end_grant, fill_post, grant, leave
from lianxin.ground.access.errors import (
    AdministratorsDoNoBusiness,
    HasLeft,
    HeirNeeded,
    HeirUnfit,
    NotToOneself,
    OfficeNotHandedOn,
    PostSettled,
)
from lianxin.ground.access.models import Grant, Invitation, User
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.events import tell
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from tests.ground.access.builders import make_administrator, make_grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(monkeypatch):
    """A kind of work: letters that lie on people's desks."""
    desks = {}
    monkeypatch.setattr(open_work, "_kinds", [])

    def hand_on(leaver, heir, by, at):
        desks[heir.pk] = desks.get(heir.pk, 0) + desks.pop(leaver.pk)

    open_work.register("没回的信", lambda user: desks.get(user.pk, 0), hand_on)
    return desks


def test_who_leaves_with_empty_hands_needs_no_heir(system):
    leader = make_user("卸任领导")
    make_grant(leader, "leader", "place", new_id())
    leave(leader, None, by=system.pk, at=now())
    leader.refresh_from_db()
    assert (leader.is_active, leader.left_on) == (False, today())
    assert not can(User.objects.get(pk=leader.pk), "desks.enter_lead")


def test_open_work_is_named_and_keeps_the_person_until_somebody_takes_it(system, letters):
    leaver = make_user("手上有信的")
    letters[leaver.pk] = 3
    with pytest.raises(HeirNeeded, match="手上还有：没回的信3件。请先选接手的人"):
        leave(leaver, None, by=system.pk, at=now())
    assert User.objects.get(pk=leaver.pk).is_active


def test_the_heir_gets_the_open_work(system, letters):
    leaver, heir = make_user(), make_user()
    letters[leaver.pk] = 3
    leave(leaver, heir, by=system.pk, at=now())
    assert letters == {heir.pk: 3}


def test_a_post_that_nobody_else_holds_asks_for_an_heir_who_may_do_nothing_before_it_is_granted(system, security):
    keeper, heir, station = make_user(), make_user(), new_id()
    post = make_grant(keeper, "station_keeper", "station", station)
    with pytest.raises(HeirNeeded, match="站点管理员（.*）一职"):
        leave(keeper, None, by=system.pk, at=now())
    leave(keeper, heir, by=system.pk, at=now())
    assert not can(User.objects.get(pk=heir.pk), "desks.enter_desk")
    assert not Event.objects.filter(kind="access.granted", by_id=system.pk).exists()
    fill_post(Grant.objects.left_empty().get(pk=post.pk), heir, by=security.pk, at=now())
    assert can(User.objects.get(pk=heir.pk), "desks.enter_desk")
    assert Event.objects.get(kind="access.granted", subject_id=heir.pk).by_id == security.pk
    assert not Grant.objects.left_empty().exists()


def test_a_post_left_empty_is_filled_once_and_by_nobody_for_themselves(system, security):
    keeper, heir = make_user(), make_user()
    post = make_grant(keeper, "station_keeper", "station", new_id())
    leave(keeper, heir, by=system.pk, at=now())
    post.refresh_from_db()
    with pytest.raises(NotToOneself):
        fill_post(post, heir, by=heir.pk, at=now())
    fill_post(post, heir, by=security.pk, at=now())
    with pytest.raises(PostSettled):
        fill_post(post, heir, by=security.pk, at=now())
    assert Grant.objects.filter(user=heir).count() == 1


def test_a_post_left_empty_is_given_to_another_than_was_proposed(system, security):
    keeper, heir, other, station = make_user(), make_user(), make_user("接得更好的"), new_id()
    make_grant(keeper, "station_keeper", "station", station)
    leave(keeper, heir, by=system.pk, at=now())
    given = fill_post(Grant.objects.left_empty().get(), other, by=security.pk, at=now())
    assert (given.user, given.role, given.scope_id) == (other, "station_keeper", station)
    assert not Grant.objects.filter(user=heir).exists()
    assert not Grant.objects.left_empty().exists()


def test_a_post_that_needs_nobody_waits_no_longer_and_the_record_says_why(system, security):
    keeper, heir = make_user("走的人"), make_user()
    make_grant(keeper, "station_keeper", "station", new_id())
    leave(keeper, heir, by=system.pk, at=now())
    dismiss_post(Grant.objects.left_empty().get(), "站点已经撤销", by=security.pk, at=now())
    assert not Grant.objects.left_empty().exists()
    assert not Grant.objects.filter(user=heir).exists()
    event = Event.objects.get(kind="access.post_dismissed")
    assert tell([event])[0].sentence == (
        "宓安全定下走的人离任后的站点管理员（查不到名称的站点）不需要接手：站点已经撤销"
    )


def test_a_post_is_settled_once_by_filling_or_by_dismissing(system, security):
    for first, second in ((fill_post, dismiss_post), (dismiss_post, fill_post)):
        keeper, heir = make_user(), make_user()
        make_grant(keeper, "station_keeper", "station", new_id())
        leave(keeper, heir, by=system.pk, at=now())
        post, said = Grant.objects.left_empty().get(), {fill_post: heir, dismiss_post: "不设了"}
        first(post, said[first], by=security.pk, at=now())
        with pytest.raises(PostSettled, match="已经办过"):
            second(post, said[second], by=security.pk, at=now())


def test_a_post_given_to_another_waits_for_nobody_even_after_that_one_has_left(system, security):
    keeper, heir, other, next_heir, station = *(make_user() for _ in range(4)), new_id()
    make_grant(keeper, "station_keeper", "station", station)
    leave(keeper, heir, by=system.pk, at=now())
    given = grant(other, NewGrant("station_keeper", "station", station), by=security.pk, at=now())
    assert not Grant.objects.left_empty().exists()
    leave(other, next_heir, by=system.pk, at=now())
    assert [(post.pk, post.proposed_heir) for post in Grant.objects.left_empty()] == [(given.pk, next_heir)]


def test_a_post_taken_back_is_no_post_left_empty(security):
    end_grant(make_grant(make_user(), "station_keeper", "station", new_id()), by=security.pk, at=now())
    assert not Grant.objects.left_empty().exists()


def test_whoever_may_grant_and_handles_the_leaving_hands_the_post_on_at_once(platform, monkeypatch):
    rules, station = answering.roles(), new_id()
    office = rules.roles["security"].model_copy(update={"may": (*rules.roles["security"].may, "access.leave")})
    widened = rules.model_copy(update={"roles": {**rules.roles, "security": office}})
    monkeypatch.setattr(answering, "roles", lambda: widened)
    keeper, heir, security = make_user(), make_user(), make_administrator("security")
    make_grant(keeper, "station_keeper", "station", station)
    leave(keeper, heir, by=security.pk, at=now())
    assert Grant.objects.in_force(today()).get(user=heir).scope_id == station
    assert not Grant.objects.left_empty().exists()


def test_a_post_that_two_hold_needs_no_heir(system):
    keeper, other, station = make_user(), make_user(), new_id()
    make_grant(keeper, "station_keeper", "station", station)
    make_grant(other, "station_keeper", "station", station)
    leave(keeper, None, by=system.pk, at=now())
    assert [grant.user for grant in Grant.objects.in_force(today()).filter(scope_id=station)] == [other]


def test_a_post_that_another_holds_until_some_day_only_goes_to_an_heir(system):
    keeper, other, station = make_user(), make_user(), new_id()
    make_grant(keeper, "station_keeper", "station", station)
    until = NewGrant("station_keeper", "station", station, ends_on=today() + timedelta(days=9))
    grant(other, until, by=None, at=now())
    with pytest.raises(HeirNeeded):
        leave(keeper, None, by=system.pk, at=now())
    leave(keeper, other, by=system.pk, at=now())
    fill_post(Grant.objects.left_empty().get(), other, by=None, at=now())
    assert Grant.objects.in_force(today()).get(user=other).ends_on is None


def test_an_administrator_is_no_heir_of_business(system, audit):
    keeper = make_user()
    make_grant(keeper, "station_keeper", "station", new_id())
    with pytest.raises(AdministratorsDoNoBusiness):
        leave(keeper, audit, by=system.pk, at=now())
    assert User.objects.get(pk=keeper.pk).is_active


def test_an_administrator_s_office_is_not_handed_on_by_a_leaving(system, audit):
    security = make_administrator("security")
    for heir in (audit, make_user("同谋")):
        with pytest.raises(OfficeNotHandedOn, match="不随离任交接"):
            leave(security, heir, by=system.pk, at=now())
    assert User.objects.get(pk=security.pk).is_active


def test_nobody_makes_themselves_the_heir(system):
    clerk = make_user("走的人")
    make_grant(clerk, "office_clerk", "place", new_id())
    with pytest.raises(NotToOneself):
        leave(clerk, system, by=system.pk, at=now())


@pytest.mark.parametrize("facts", [{"is_active": False}, {"joined_at": None}])
def test_the_heir_is_somebody_who_works_here(system, facts):
    with pytest.raises(HeirUnfit, match="不能接手"):
        leave(make_user(), make_user(**facts), by=system.pk, at=now())


def test_nobody_inherits_from_themselves_or_leaves_by_their_own_hand(system):
    leaver = make_user()
    with pytest.raises(HeirUnfit):
        leave(leaver, leaver, by=system.pk, at=now())
    with pytest.raises(NotToOneself):
        leave(system, leaver, by=system.pk, at=now())


def test_nobody_leaves_twice(system):
    leaver = make_user()
    leave(leaver, None, by=system.pk, at=now())
    with pytest.raises(HasLeft):
        leave(leaver, None, by=system.pk, at=now())
    assert Event.objects.filter(kind="access.left").count() == 1


def test_leaving_closes_every_way_in_and_is_recorded(system):
    leaver = make_user("离任者")
    Invitation.make(leaver, by=None, at=now())
    leave(leaver, None, by=system.pk, at=now())
    leaver.refresh_from_db()
    assert not leaver.has_usable_password()
    assert not Invitation.objects.filter(user=leaver).exists()
    assert tell(Event.objects.filter(kind="access.left"))[0].sentence == "邬系统办理离任者离任"


def test_work_that_cannot_be_handed_on_keeps_everything_as_it_was(system, monkeypatch):
    leaver, heir = make_user(), make_user()

    def fails(*_):
        raise RuntimeError("the cupboard is locked")

    monkeypatch.setattr(open_work, "_kinds", [])
    open_work.register("锁着的柜子", lambda user: 1, fails)
    with pytest.raises(RuntimeError):
        leave(leaver, heir, by=system.pk, at=now())
    assert User.objects.get(pk=leaver.pk).is_active
