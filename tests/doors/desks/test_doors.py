"""The doors: who may come in by which, what each says when nothing waits, and what hangs in its navigation."""

import re

import pytest
from django.urls import resolve, reverse

from lianxin.doors.desks.context import navigation
from lianxin.doors.desks.doors import DOORS, PUBLIC, door_at
from lianxin.ground.access.actions import leave
from lianxin.ground.access.policy import all_actions
from lianxin.ground.core.clock import now
from tests.ground.access.builders import make_user
from tests.ground.vault.builders import make_opening, make_voice

pytestmark = pytest.mark.django_db
PATHS = [door.path for door in DOORS]
OPEN_TO = {
    "deputy": {"/me/", "/hall/"},
    "station_keeper": {"/desk/"},
    "township_clerk": {"/desk/", "/hall/"},
    "office_clerk": {"/desk/", "/hall/"},
    "unit_clerk": {"/unit/"},
    "leader": {"/lead/", "/hall/"},
    "system": {"/desk/"},
    "security": {"/desk/"},
    "audit": {"/desk/"},
}

OFFICES = ("system", "security", "audit")


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


@pytest.mark.parametrize("role", OPEN_TO)
def test_each_role_comes_in_by_its_doors_and_reads_why_not_by_others(somebody, browse, role):
    browser = browse(somebody(role))
    for path in PATHS:
        page = browser.get(path)
        assert (page.status_code == 200) == (path in OPEN_TO[role]), path
        if page.status_code != 200:
            assert page.status_code == 403
            assert ("管理员不办业务" if role in OFFICES else "请安全管理员给您授权") in text(page)


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_signed_in_is_asked_to_and_comes_back(client, platform, path):
    assert client.get(path).headers["Location"] == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_changed_by_a_home(somebody, browse, path):
    assert browse(somebody("deputy", "office_clerk", "unit_clerk", "leader")).post(path).status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_a_home_says_what_will_be_there_and_links_to_nothing_that_is_not(somebody, browse, path):
    browser = browse(somebody("deputy", "office_clerk", "unit_clerk", "leader"))
    page = browser.get(path)
    assert "没有" in text(page)
    for href in re.findall(r'<a [^>]*href="(/[^"#?]*)', page.content.decode()):
        resolve(href)


ANNOUNCED = ("督办",)


@pytest.mark.parametrize(("role", "own"), [("system", "邀请人员"), ("security", "授权"), ("audit", "看登录日志")])
def test_an_administrator_reads_what_the_office_is_and_nothing_it_never_has(somebody, browse, role, own):
    page = text(browse(somebody(role)).get("/desk/"))
    assert "您的职责" in page
    assert own in page
    assert "管理员只管平台，不办业务" in page
    assert not any(f" {word} " in page for word in ANNOUNCED)


def test_who_does_business_reads_what_will_be_there(somebody, browse):
    page = text(browse(somebody("office_clerk")).get("/desk/"))
    assert all(f" {word} " in page for word in ANNOUNCED)
    assert "您的职责" not in page


def test_the_security_administrator_reads_which_posts_wait_and_is_led_there(somebody, browse):
    keeper, heir, system = somebody("station_keeper"), somebody("deputy"), somebody("system")
    leave(keeper, heir, by=system.pk, at=now())
    page = browse(somebody("security")).get("/desk/")
    assert "1个职务等人接任" in text(page)
    assert f'href="{reverse("access:posts")}"' in page.content.decode()
    assert "等人接任" not in text(browse(system).get("/desk/"))


def test_each_administrator_reads_what_waits_and_is_led_there(somebody, browse):
    make_user("还没来的", joined_at=None)
    clerk = somebody("office_clerk")
    make_opening(clerk, make_voice(places=[clerk.grants.get().scope_id]))
    for role, said, href in (
        ("system", "1人还没有开通登录", "/desk/staff/?state=waiting"),
        ("security", "1人还没有授权", "/desk/staff/?state=idle"),
        ("audit", "1次查看身份等您复核", reverse("vault:review")),
    ):
        page = browse(somebody(role)).get("/desk/")
        assert said in text(page), role
        assert f'href="{href}"' in page.content.decode()
        assert "有1样事等着您" in text(page)
    assert "现在没有等着您处理的" in text(browse(somebody("station_keeper")).get("/desk/"))


@pytest.mark.parametrize("path", PATHS)
def test_made_up_people_are_marked_on_every_door(somebody, browse, path):
    browser = browse(somebody("deputy", "office_clerk", "unit_clerk", "leader"))
    assert "虚构人员 made-up people" in text(browser.get(path))


@pytest.mark.parametrize("path", PATHS)
def test_homes_are_there_in_english(somebody, browse, path):
    browser = browse(somebody("deputy", "office_clerk", "unit_clerk", "leader", name="Luo"))
    page = browser.get(path, headers={"accept-language": "en"})
    main = re.search(r"<main.*</main>", page.content.decode(), re.DOTALL)[0]
    assert not re.search(r"[\u3400-\u9fff]", main)


def test_the_bar_names_the_person_and_their_own_doors(somebody, browse):
    page = browse(somebody("deputy")).get("/me/").content.decode()
    menu = re.search(r'<details class="menu">.*?</details>', page, re.DOTALL)[0]
    assert "罗青禾" in menu
    assert re.findall(r'class="go" href="(/[^"]*)"', menu)[:3] == ["/", "/me/", "/hall/"]
    assert f'action="{reverse("account_logout")}"' in menu


def navigated(page):
    return re.findall(
        r'<a[^>]*href="([^"]*)"', re.search(r'<nav class="nav.*?</nav>', page.content.decode(), re.DOTALL)[0]
    )


def test_who_works_at_a_desk_keeps_its_navigation_on_everybodys_pages(somebody, browse):
    clerk = browse(somebody("office_clerk"))
    for path in ("/people/", "/bodies/", "/units/", "/districts/", "/stations/", "/places/", "/accounts/"):
        assert navigated(clerk.get(path))[0] == "/desk/", path
    for path in ("/", "/find/"):
        assert navigated(clerk.get(path))[0] == "/", path
    assert navigated(browse(somebody("deputy")).get("/people/"))[0] == "/me/"
    assert navigated(browse(somebody("leader")).get("/people/"))[0] == "/"


def test_who_works_at_several_desks_keeps_the_navigation_in_which_the_page_stands(somebody, browse):
    both = somebody("deputy", "unit_clerk")
    assert navigated(browse(both).get("/papers/"))[0] == "/unit/"
    assert navigated(browse(both).get("/people/"))[0] == "/me/"
    assert navigated(browse(somebody("office_clerk")).get("/papers/"))[0] == "/desk/"


def test_one_signs_out_by_one_button(somebody, browse):
    browser = browse(somebody("deputy"))
    browser.post(reverse("account_logout"))
    assert browser.get("/me/").status_code == 302


def test_the_bar_of_a_visitor_leads_to_signing_in(client, platform):
    page = client.get("/").content.decode()
    assert f'href="{reverse("account_login")}"' in page
    assert "退出登录" not in page


def labels(user, path):
    return [str(link["item"].label) for link in navigation(door_at(path), path, user)]


def test_the_navigation_shows_only_what_one_may_see(somebody):
    audit, clerk, township, keeper = map(somebody, ("audit", "office_clerk", "township_clerk", "station_keeper"))
    assert {"首页", "人员", "记录", "登录日志"} <= set(labels(audit, "/desk/"))
    assert ["名册" in labels(user, "/desk/") for user in (clerk, township, keeper, audit)] == [True, True, False, False]
    assert not {"人员", "记录", "登录日志"} & set(labels(clerk, "/desk/"))


def test_one_page_alone_needs_no_navigation(somebody):
    assert labels(somebody("leader"), "/lead/") == []
    assert labels(somebody("deputy"), "/hall/") == []
    assert labels(somebody("unit_clerk"), "/unit/") == ["首页", "要办的", "代表建议", "送审", "办过的", "承诺", "公文"]


def test_who_may_not_enter_sees_no_navigation(somebody):
    assert labels(somebody("deputy"), "/desk/staff/") == []


@pytest.mark.parametrize(
    ("path", "current"),
    [("/desk/", "首页"), ("/desk/staff/", "人员"), ("/desk/record/sign-ins/", "登录日志"), ("/desk/elsewhere/", None)],
)
def test_the_page_one_is_on_is_marked(somebody, path, current):
    links = navigation(door_at(path), path, somebody("audit"))
    assert [str(link["item"].label) for link in links if link["is_current"]] == ([current] if current else [])


def test_every_page_in_a_navigation_exists_and_asks_for_a_known_right():
    items = [item for door in (*DOORS, PUBLIC) for item in door.items]
    assert all(reverse(item.url) for item in items)
    assert {right for item in items for right in item.needs} | {door.needs for door in DOORS} <= all_actions().keys()


@pytest.mark.parametrize(("path", "key"), [("/desk/staff/", "desk"), ("/", "public"), ("/people/", "public")])
def test_a_page_belongs_to_the_door_its_address_begins_with(path, key):
    assert door_at(path).key == key


def test_the_office_home_lists_what_one_can_do(somebody, browse):
    page = text(browse(somebody("office_clerk")).get("/desk/"))
    assert "用 Excel 导入、导出代表名册。" in page
    page = text(browse(somebody("station_keeper")).get("/desk/"))
    assert "设立站点，编入代表，查看配备。" in page
    assert "用 Excel 导入、导出代表名册。" not in page


@pytest.mark.usefixtures("platform_stays_known")
def test_a_home_costs_few_questions(somebody, browse, django_assert_max_num_queries):
    browser = browse(somebody("office_clerk"))
    browser.get("/desk/")
    with django_assert_max_num_queries(8):  # three of them ask what waits
        browser.get("/desk/")


@pytest.mark.usefixtures("platform_stays_known")
def test_an_administrator_s_home_costs_few_questions(somebody, browse, django_assert_max_num_queries):
    browser = browse(somebody("audit"))
    browser.get("/desk/")
    with django_assert_max_num_queries(8):  # the second step, and what waits
        browser.get("/desk/")


def test_a_refusal_leads_to_the_doors_that_are_open(somebody, browse):
    page = browse(somebody("deputy")).get("/desk/")
    main = re.search(r"<main.*</main>", page.content.decode(), re.DOTALL)[0]
    assert re.findall(r'href="([^"]*)"', main) == ["/", "/me/", "/hall/"]
