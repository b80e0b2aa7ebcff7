"""A role says over places and bodies of which levels it is given; the rules, the form and the verb hold to it alike."""

import pytest
from django.urls import reverse

from lianxin.ground.access import answering
from lianxin.ground.access.actions import NewGrant, fill_post, grant, invite, leave
from lianxin.ground.access.errors import WrongLevel
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.rules import RoleRule, RoleRules
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.models import Region
from lianxin.ground.rulebook.problems import Problem
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_congress, make_county
from tests.ground.rulebook.builders import make_preset, only_problem_of

CLERK = "roles:\n  clerk:\n    name: 经办\n    scope: {scope}\n    levels: {levels}\n    may: [desks.enter_desk]\n"
OF_PLACES = "province、city、county、township、village、grid之一"


def clerk_rules(scope: str, levels: str) -> str:
    """A preset's section with one more role; its levels stand in line 5."""
    return CLERK.format(scope=scope, levels=levels)


@pytest.mark.parametrize(
    ("scope", "levels", "found", "expected", "nearest"),
    [
        ("place", "[townshp]", "“townshp”", OF_PLACES, "township"),
        ("place", "[national]", "“national”", OF_PLACES, ""),
        ("body", "[village]", "“village”", "national、province、city、county、township之一", ""),
    ],
)
def test_a_level_that_things_of_this_kind_do_not_have_is_told_with_the_nearest(scope, levels, found, expected, nearest):
    problem = only_problem_of(roles=clerk_rules(scope, levels))
    assert problem == Problem("qinghe/roles.yaml", 5, "roles.clerk.levels[1]", found, expected, nearest)


@pytest.mark.parametrize(("scope", "called"), [("station", "站点"), ("unit", "承办单位"), ("platform", "整个平台")])
def test_levels_of_what_has_none_are_told_as_a_key_that_is_not_there(scope, called):
    problem = only_problem_of(roles=clerk_rules(scope, "[township]"))
    assert (problem.line, problem.key, problem.expected) == (
        5, "roles.clerk.levels", f"没有这个键：{called}不分级别",
    )  # fmt: skip


@pytest.mark.parametrize("line", ["", "    levels: []\n"])
def test_a_role_over_places_says_of_which_levels(line):
    problem = only_problem_of(roles=clerk_rules("place", "[]").replace("    levels: []\n", line))
    told = (5 if line else 2, "roles.clerk.levels", "空缺", f"一列级别，每项是{OF_PLACES}")
    assert (problem.line, problem.key, problem.found, problem.expected) == told


def test_levels_without_any_are_told_once():
    problem = only_problem_of(roles=clerk_rules("place", ""))
    assert (problem.line, problem.key, problem.found) == (5, "roles.clerk.levels", "空缺")


def test_a_place_narrows_the_levels_of_the_law():
    preset = make_preset(roles="roles:\n  office_clerk:\n    levels: [county]\n")
    assert preset.section(RoleRules).roles["office_clerk"].levels == ("county",)


@pytest.fixture
def county(platform) -> Region:
    return make_county()


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "level"), [("township_clerk", "township"), ("office_clerk", "county")])
def test_a_role_is_given_at_its_level_and_nowhere_else(security, county, role, level):
    user = make_user()
    for place in Region.objects.exclude(level=level):
        with pytest.raises(WrongLevel):
            grant(user, NewGrant(role, "place", place.pk), by=security.pk, at=now())
    for place in Region.objects.filter(level=level):
        assert grant(user, NewGrant(role, "place", place.pk), by=security.pk, at=now()).scope_id == place.pk


@pytest.mark.django_db
def test_the_refusal_says_what_the_level_is_and_which_it_should_be(security, county):
    with pytest.raises(WrongLevel) as refused:
        grant(make_user(), NewGrant("township_clerk", "place", county.pk), by=security.pk, at=now())
    assert str(refused.value) == (
        "“乡镇人大工作人员”只管乡级的地方，澄州市云江区是县级。请选一个乡级的地方，或者换一个角色。"
    )


@pytest.mark.django_db
def test_nobody_is_invited_over_a_place_of_another_level(county):
    with pytest.raises(WrongLevel):
        invite("邹麦穗", "zoumaisui", [NewGrant("township_clerk", "place", county.pk)], by=None, at=now())
    assert not User.objects.filter(username="zoumaisui").exists()


@pytest.mark.django_db
def test_a_post_over_a_place_of_another_level_is_not_filled(system, security, county):
    """Such a post is left from before the rules said the level, or from a township that became a county."""
    clerk, heir = make_user(), make_user()
    over = {"scope_kind": "place", "scope_id": county.pk}
    Grant.objects.create(user=clerk, role="township_clerk", starts_on=today(), **over)
    leave(clerk, heir, by=system.pk, at=now())
    with pytest.raises(WrongLevel):
        fill_post(Grant.objects.left_empty().get(), heir, by=security.pk, at=now())
    assert not Grant.objects.filter(user=heir).exists()


def offered(browser, user: User, role: str, words: str = "") -> list[str]:
    page = browser.get(reverse("access:grant", args=[user.pk]), {"role": role, "q": words})
    return [name for _id, name in page.context["form"].fields["scope"].choices]


@pytest.mark.django_db
def test_the_form_offers_places_of_the_levels_of_the_role_alone(as_user, security, county):
    browser, user = as_user(security), make_user()
    assert offered(browser, user, "township_clerk") == ["云江区石桥镇", "云江区花溪乡"]
    assert offered(browser, user, "township_clerk", "花溪") == ["云江区花溪乡"]
    assert offered(browser, user, "township_clerk", "云江") == []
    assert offered(browser, user, "office_clerk") == ["澄州市云江区"]


@pytest.mark.django_db
def test_the_form_offers_bodies_of_the_levels_of_the_role_alone(as_user, security, county, monkeypatch):
    make_congress(county), make_congress(Region.objects.get(name="石桥镇"), "township")
    rules = answering.roles()
    chair = RoleRule(name="乡镇人大主席", scope="body", levels=("township",), may=("desks.enter_desk",))
    monkeypatch.setattr(answering, "roles", lambda: rules.model_copy(update={"roles": {**rules.roles, "chair": chair}}))
    monkeypatch.setattr("lianxin.ground.access.views.grants.roles", answering.roles)
    browser, user = as_user(security), make_user()
    assert offered(browser, user, "chair") == ["石桥镇人民代表大会"]
    assert offered(browser, user, "deputy") == ["云江区人民代表大会", "石桥镇人民代表大会"]


@pytest.mark.django_db
def test_a_place_of_another_level_sent_by_hand_is_refused_by_the_form(as_user, security, county):
    user = make_user()
    address = reverse("access:grant", args=[user.pk]) + "?role=township_clerk"
    assert as_user(security).post(address, {"scope": county.pk}).status_code == 422
    assert not Grant.objects.filter(user=user).exists()


@pytest.mark.django_db
def test_whoever_grants_within_places_is_offered_those_of_the_level_alone(as_user, county, monkeypatch):
    rules, stone_bridge = answering.roles(), Region.objects.get(name="石桥镇")
    granting = RoleRule(
        name="领导", scope="place", levels=("county", "township"), may=("access.see_staff", "access.grant")
    )
    widened = rules.model_copy(update={"roles": {**rules.roles, "leader": granting}})
    monkeypatch.setattr(answering, "roles", lambda: widened)
    leader, user = make_user(), make_user()
    for place in (county, stone_bridge):
        make_grant(leader, "leader", "place", place.pk)
    make_grant(user, "leader", "place", stone_bridge.pk)
    assert offered(as_user(leader), user, "township_clerk") == ["云江区石桥镇"]
