"""The pages of staff: who is there, inviting, opening anew, granting, leaving."""

import re

import pytest
from django.urls import reverse

from lianxin.ground.access import actions, answering, scopes
from lianxin.ground.access.actions import end_grant
from lianxin.ground.access.models import Grant, Invitation, User
from lianxin.ground.access.rules import RoleRule
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from tests.ground.access.builders import PASSWORD, make_grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def stations(monkeypatch):
    """Three stations that an app above would declare."""
    named = {new_id(): name for name in ("联棚村站", "桥边镇站", "土城乡站")}
    kind = scopes.ScopeKind(
        "station",
        lambda words, limit: [(id, name) for id, name in named.items() if words in name][:limit],
        lambda ids: {id: named[id] for id in ids if id in named},
    )
    monkeypatch.setitem(scopes._kinds, "station", kind)
    return {name: id for id, name in named.items()}


def page_of(user, name="person"):
    return reverse(f"access:{name}", args=[user.pk])


def test_the_list_shows_who_is_here_and_what_they_do(as_user, system, stations):
    keeper = make_user("闻管理")
    make_grant(keeper, "station_keeper", "station", stations["联棚村站"])
    page = as_user(system).get("/desk/staff/").content.decode()
    assert "闻管理" in page
    assert "站点管理员（联棚村站）" in page


def test_the_list_is_searched_by_name_and_username(as_user, system):
    make_user("闻管理")
    browser = as_user(system)
    assert "闻管理" in browser.get("/desk/staff/?q=闻").content.decode()
    assert "闻管理" not in browser.get("/desk/staff/?q=没有这人").content.decode()


@pytest.mark.parametrize(("state", "shown"), [("waiting", "还没来"), ("idle", "没授权"), ("left", "走了")])
def test_the_list_is_looked_at_by_state(as_user, system, state, shown):
    make_user("还没来", joined_at=None)
    make_user("没授权")
    make_user("走了", is_active=False, left_on=today())
    names = [row["user"].name for row in as_user(system).get(f"/desk/staff/?state={state}").context["rows"]]
    assert shown in names
    assert system.name not in names


def test_a_long_list_pages_by_key_and_asks_no_more_for_more_people(as_user, system, django_assert_max_num_queries):
    for _ in range(60):
        make_user()
    browser = as_user(system)
    browser.get("/desk/staff/")
    with django_assert_max_num_queries(7):
        first = browser.get("/desk/staff/")
    second = browser.get(f"/desk/staff/?after={first.context['page'].older}")
    assert len(first.context["rows"]) == 50
    assert {row["user"].pk for row in first.context["rows"]}.isdisjoint({r["user"].pk for r in second.context["rows"]})


def test_inviting_shows_a_link_once_that_opens_the_door(as_user, client, system):
    browser = as_user(system)
    answer = browser.post("/desk/staff/invite/", {"name": "罗青禾", "username": "luoqinghe"})
    page = browser.get(answer["Location"]).content.decode()
    code = re.search(r"/invitation/#([\w-]+)", page)[1]
    assert Invitation.of_code(code, at=now()).user.name == "罗青禾"
    assert "/invitation/#" not in browser.get(answer["Location"]).content.decode()


def test_a_username_that_is_taken_comes_back_with_the_form(as_user, system):
    make_user(name="先来的")
    taken = User.objects.get(name="先来的").username
    answer = as_user(system).post("/desk/staff/invite/", {"name": "后来的", "username": taken})
    assert answer.status_code == 422
    assert "已经有人用了" in answer.content.decode()
    assert "后来的" in answer.content.decode()


def test_opening_anew_asks_first_and_then_shows_a_link(as_user, system):
    user, browser = make_user("丢了手机的"), as_user(system)
    assert "马上作废的" in browser.get(page_of(user, "reinvite")).content.decode()
    assert User.objects.get(pk=user.pk).has_usable_password()
    answer = browser.post(page_of(user, "reinvite"))
    assert "/invitation/#" in browser.get(answer["Location"]).content.decode()
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_opening_oneself_anew_is_told_to_be_somebody_elses_work(as_user, system):
    browser = as_user(system)
    assert "不能给自己办" in browser.get(page_of(system)).content.decode()
    answer = browser.post(page_of(system, "reinvite"))
    assert answer.status_code == 409
    assert "请另一位管理员来办" in answer.content.decode()


def test_an_administrator_is_told_to_be_opened_at_the_server(as_user, system, audit):
    browser = as_user(system)
    assert "lianxin administrators --reopen" in browser.get(page_of(audit)).content.decode()
    assert browser.post(page_of(audit, "reinvite")).status_code == 409


def test_a_role_is_granted_in_two_steps(as_user, security, stations):
    keeper, browser = make_user("闻管理"), as_user(security)
    assert "站点管理员" in browser.get(page_of(keeper, "grant")).content.decode()
    found = browser.get(page_of(keeper, "grant") + "?role=station_keeper&q=桥边").content.decode()
    assert "桥边镇站" in found
    assert "土城乡站" not in found
    browser.post(page_of(keeper, "grant") + "?role=station_keeper", {"scope": stations["桥边镇站"]})
    assert Grant.objects.get(user=keeper).scope_id == stations["桥边镇站"]


def test_only_roles_that_go_together_are_offered(as_user, security, audit, clerk):
    browser = as_user(security)
    offered = {
        user.name: {one["code"] for one in browser.get(page_of(user, "grant")).context["roles"]}
        for user in (make_user("新来的"), clerk, audit)
    }
    assert {"audit", "system", "security", "leader"} <= offered["新来的"]
    assert {"audit", "system", "security"}.isdisjoint(offered[clerk.name])
    assert "leader" in offered[clerk.name]
    assert offered[audit.name] == set()
    assert "请先收回现在的授权" in browser.get(page_of(audit, "grant")).content.decode()


def test_a_scope_that_is_not_offered_is_refused(as_user, security, stations):
    keeper = make_user()
    answer = as_user(security).post(page_of(keeper, "grant") + "?role=station_keeper", {"scope": new_id()})
    assert answer.status_code == 422
    assert not Grant.objects.filter(user=keeper).exists()


def test_a_refused_grant_says_why(as_user, security, audit):
    answer = as_user(security).post(page_of(audit, "grant") + "?role=system", {})
    assert answer.status_code == 422
    assert "必须是三个人" in answer.content.decode()


def test_a_grant_is_taken_back_after_a_question(as_user, security):
    leader, browser = make_user("卸任领导"), as_user(security)
    given = make_grant(leader, "leader", "place", new_id())
    address = reverse("access:end_grant", args=[leader.pk, given.pk])
    assert "收回马上生效" in browser.get(address).content.decode()
    assert Grant.objects.get(pk=given.pk).ended_at is None
    browser.post(address)
    assert Grant.objects.get(pk=given.pk).ended_at
    assert "收回</a>" not in browser.get(page_of(leader)).content.decode()


def test_the_last_administrator_is_kept_with_a_word(as_user, security, audit):
    given = Grant.objects.get(user=audit)
    answer = as_user(security).post(reverse("access:end_grant", args=[audit.pk, given.pk]))
    assert answer.status_code == 409
    assert "唯一的审计管理员" in answer.content.decode()


def test_leaving_shows_what_is_open_and_asks_for_an_heir(as_user, system, security, stations):
    keeper, heir, browser = make_user("闻管理"), make_user("接班的"), as_user(system)
    make_grant(keeper, "station_keeper", "station", stations["土城乡站"])
    page = browser.get(page_of(keeper, "leave")).content.decode()
    assert "站点管理员（土城乡站）一职，没有第二个人担任" in page
    assert "请先选接手的人" in browser.post(page_of(keeper, "leave"), {}).content.decode()
    told = browser.post(page_of(keeper, "leave"), {"heir": heir.pk}, follow=True).content.decode()
    assert "1个职务等安全管理员授权" in told
    assert not User.objects.get(pk=keeper.pk).is_active
    assert not Grant.objects.filter(user=heir).exists()
    browser = as_user(security)
    page = browser.get(reverse("access:posts")).content.decode()
    assert "站点管理员（土城乡站）" in page
    browser.post(
        re.search(r'action="([^"]*/fill/)"', page)[1], {"heir": re.search(r'name="heir" value="([^"]*)"', page)[1]}
    )
    assert Grant.objects.in_force(today()).get(user=heir).scope_id == stations["土城乡站"]
    assert "没有空着的职务" in browser.get(reverse("access:posts")).content.decode()


def test_a_proposed_heir_who_has_left_too_is_said_to_and_another_is_granted(as_user, system, security, stations):
    keeper, heir = make_user("闻管理"), make_user("接班的")
    make_grant(keeper, "station_keeper", "station", stations["土城乡站"])
    for user, successor in ((keeper, heir), (heir, None)):
        actions.leave(user, successor, by=system.pk, at=now())
    browser, other = as_user(security), make_user("另一位")
    page = browser.get(reverse("access:posts")).content.decode()
    assert "接班的也离任了" in page
    assert 'name="heir"' not in page
    browser.post(fill_page(), {"heir": other.pk})
    assert Grant.objects.in_force(today()).get(user=other).scope_id == stations["土城乡站"]


@pytest.fixture
def vacant(system, stations):
    """A post whose holder has left; 接班的 is proposed."""
    keeper = make_user("闻管理")
    make_grant(keeper, "station_keeper", "station", stations["土城乡站"])
    actions.leave(keeper, make_user("接班的"), by=system.pk, at=now())
    return Grant.objects.left_empty().get()


def fill_page():
    return reverse("access:fill_post", args=[Grant.objects.left_empty().get().pk])


def test_for_one_post_another_is_chosen_among_those_who_may_do_business(as_user, security, audit, vacant):
    fit, invited, left = (
        make_user("接得了的"),
        make_user("刚邀请的", joined_at=None),
        make_user("走了", is_active=False),
    )
    browser, address = as_user(security), fill_page()
    page = browser.get(address)
    assert "站点管理员（土城乡站）：闻管理离任时，提的接手人是接班的。" in page.content.decode()
    labels = [label for _pk, label in page.context["form"].fields["heir"].choices]
    assert f"接得了的（{fit.username}）" in labels
    assert f"刚邀请的（{invited.username}，等本人开通）" in labels
    assert not [label for label in labels if label.startswith(("走了", audit.name, security.name))]
    for unfit in (audit, security, left):
        assert browser.post(address, {"heir": unfit.pk}).status_code == 422
    assert browser.post(address, {"heir": fit.pk})["Location"] == reverse("access:posts")
    assert Grant.objects.in_force(today()).get(user=fit).scope_id == vacant.scope_id


def test_who_is_to_take_a_post_is_found_by_name(as_user, security, vacant):
    make_user("接得了的")
    page = as_user(security).get(fill_page(), {"q": "接得"})
    assert [label.split("（")[0] for _pk, label in page.context["form"].fields["heir"].choices] == ["接得了的"]
    assert "管理员不办业务，所以不列出" in as_user(security).get(fill_page(), {"q": "没有这人"}).content.decode()


def test_a_post_that_needs_nobody_is_taken_off_the_list_with_a_reason(as_user, security, vacant):
    browser, address = as_user(security), reverse("access:dismiss_post", args=[vacant.pk])
    assert "土城乡站" in browser.get(address).content.decode()
    assert browser.post(address, {"why": " "}).status_code == 422
    assert Grant.objects.left_empty().exists()
    told = browser.post(address, {"why": "站点已经撤销"}, follow=True).content.decode()
    assert "站点管理员（土城乡站）不再等人接任" in told
    assert "没有空着的职务" in told
    assert "不需要接手：站点已经撤销" in browser.get(page_of(vacant.user)).content.decode()


def test_a_post_that_is_settled_is_said_to_be(as_user, security, vacant):
    browser, addresses = (
        as_user(security),
        [reverse(f"access:{verb}_post", args=[vacant.pk]) for verb in ("fill", "dismiss")],
    )
    actions.dismiss_post(vacant, "不设了", by=security.pk, at=now())
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 409
        assert "“站点管理员”这一职已经办过" in answer.content.decode()


def test_no_grant_of_somebody_in_office_is_a_post_to_be_settled(as_user, security):
    given = make_grant(make_user(), "station_keeper", "station", new_id())
    end_grant(given, by=security.pk, at=now())
    assert as_user(security).get(reverse("access:fill_post", args=[given.pk])).status_code == 404


def test_only_who_can_take_over_is_offered(as_user, system, audit, stations):
    keeper = make_user("闻管理")
    make_grant(keeper, "station_keeper", "station", stations["土城乡站"])
    fit, leaver = make_user("接得了的"), make_user("已离任的", is_active=False)
    browser = as_user(system)
    page = browser.get(page_of(keeper, "leave"))
    assert [label for _pk, label in page.context["form"].fields["heir"].choices] == [f"接得了的（{fit.username}）"]
    for unfit in (audit, system, leaver, keeper):
        assert browser.post(page_of(keeper, "leave"), {"heir": unfit.pk}).status_code == 422
    assert User.objects.get(pk=keeper.pk).is_active
    assert "没有找到能接手的人" in browser.get(page_of(keeper, "leave") + "?q=没有这人").content.decode()


def test_an_office_that_nobody_else_holds_is_said_to_be_filled_first(as_user, system, audit):
    page = as_user(system).get(page_of(audit, "leave")).content.decode()
    assert "这一职不随离任交接" in page
    assert 'name="heir"' not in page


def test_whoever_grants_within_a_scope_is_offered_that_scope_alone(as_user, platform, stations, monkeypatch):
    rules = answering.roles()
    granting = RoleRule(name="站点管理员", scope="station", may=("access.see_staff", "access.grant"))
    widened = rules.model_copy(update={"roles": {**rules.roles, "station_keeper": granting}})
    monkeypatch.setattr(answering, "roles", lambda: widened)
    keeper, helper = make_user(), make_user()
    for user in (keeper, helper):
        make_grant(user, "station_keeper", "station", stations["桥边镇站"])
    page = as_user(keeper).get(page_of(helper, "grant") + "?role=station_keeper")
    assert page.context["form"].fields["scope"].choices == [(str(stations["桥边镇站"]), "桥边镇站")]


def test_what_one_may_not_do_is_said_beside_the_button(as_user, security):
    page = as_user(security).get(page_of(make_user())).content.decode()
    assert "“办理离任”由系统管理员来做" in page


def test_one_persons_page_tells_what_was_recorded(as_user, system):
    browser = as_user(system)
    answer = browser.post("/desk/staff/invite/", {"name": "罗青禾", "username": "luoqinghe"})
    page = browser.get(answer["Location"]).content.decode()
    assert re.search(r"<b[^>]*>邬系统</b>邀请<b[^>]*>罗青禾</b>使用平台", page)


@pytest.fixture
def local(platform, monkeypatch):
    """Rules that let a clerk of a place see and reopen the people of it; and such a clerk, with the place."""
    rules = answering.roles()
    may = ("access.see_staff", "access.reinvite")
    seeing = RoleRule(name="乡镇人大工作人员", scope="place", levels=("township",), may=may)
    widened = rules.model_copy(update={"roles": {**rules.roles, "township_clerk": seeing}})
    monkeypatch.setattr(answering, "roles", lambda: widened)
    viewer, place = make_user(), new_id()
    make_grant(viewer, "township_clerk", "place", place)
    return viewer, place


def test_a_clerk_of_one_place_sees_nobody_of_another(as_user, local):
    viewer, here = local
    near, far = make_user("近处的"), make_user("远处的")
    for user, place in ((near, here), (far, new_id())):
        make_grant(user, "township_clerk", "place", place)
    browser = as_user(viewer)
    assert browser.get(page_of(near)).status_code == 200
    assert browser.get(page_of(far)).status_code == 404


def test_whose_grant_has_ended_is_seen_no_more(as_user, local, security):
    viewer, here = local
    former = make_user("以前在这里的")
    end_grant(make_grant(former, "township_clerk", "place", here), by=security.pk, at=now())
    assert as_user(viewer).get(page_of(former)).status_code == 404
    assert former not in User.objects.visible_to(viewer)


def test_who_works_elsewhere_too_is_not_reopened_by_the_clerk_of_one_place(as_user, local):
    viewer, here = local
    both = make_user("两处任职的")
    elsewhere = [make_grant(both, "township_clerk", "place", place) for place in (here, new_id())][1]
    browser = as_user(viewer)
    assert "还担任您管不到的角色" in browser.get(page_of(both)).content.decode()
    for name in ("reinvite", "unlock"):
        refused = browser.post(page_of(both, name))
        assert refused.status_code == 403
        assert "还担任您管不到的角色" in refused.content.decode()
    end_grant(elsewhere, by=None, at=now())
    assert browser.get(page_of(both, "reinvite")).status_code == 200


def test_an_outsider_reads_why_and_a_stranger_signs_in_first(as_user, client, platform):
    assert client.get("/desk/staff/")["Location"].startswith("/accounts/login/")
    answer = as_user(make_user()).get("/desk/staff/")
    assert answer.status_code == 403
    assert "“看人员名单”由系统管理员、安全管理员、审计管理员来做" in answer.content.decode()


def test_somebody_locked_out_is_let_in_again(as_user, client, system):
    user = make_user()
    for _ in range(5):
        client.post("/accounts/login/", {"login": user.username, "password": "错的"})
    browser = as_user(system)
    assert "暂时锁定" in browser.get(page_of(user)).content.decode()
    browser.post(page_of(user, "unlock"))
    assert "暂时锁定" not in browser.get(page_of(user)).content.decode()
    assert Event.objects.filter(kind="access.unlocked", subject_id=user.pk, by_id=system.pk).exists()
    browser.logout()
    assert client.post("/accounts/login/", {"login": user.username, "password": PASSWORD}).status_code == 302
