"""The audit administrator reads everything that was recorded, and the sign-in log."""

from datetime import timedelta

import pytest

from lianxin.ground.access.actions import invite
from lianxin.ground.core.clock import now, today
from tests.ground.access.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def sentences(answer):
    return [told.sentence for told in answer.context["told"]]


def test_the_newest_stands_first(as_user, audit, system):
    invite("先请的", "xian", by=system.pk, at=now())
    invite("后请的", "hou", by=system.pk, at=now())
    assert sentences(as_user(audit).get("/desk/record/"))[:2] == [
        "邬系统邀请后请的使用平台",
        "邬系统邀请先请的使用平台",
    ]


def test_the_record_is_read_by_kind_by_person_and_by_day(as_user, audit, system):
    invite("罗青禾", "luoqinghe", by=system.pk, at=now())
    browser = as_user(audit)
    by_kind = browser.get("/desk/record/?kind=access.invited")
    assert sentences(by_kind) == ["邬系统邀请罗青禾使用平台"]
    assert sentences(browser.get("/desk/record/?who=邬系统")) == ["邬系统邀请罗青禾使用平台"]
    assert sentences(browser.get("/desk/record/?who=阚审计")) == []
    assert len(sentences(browser.get(f"/desk/record/?day={today():%Y-%m-%d}"))) >= 3
    assert sentences(browser.get("/desk/record/?day=2020-01-01")) == []


def test_what_was_recorded_later_than_it_happened_says_so(as_user, audit, system):
    invite("罗青禾", "luoqinghe", by=system.pk, at=now() - timedelta(days=400))
    invite("谭秋实", "tanqiushi", by=system.pk, at=now())
    page = as_user(audit).get("/desk/record/?kind=access.invited").content.decode()
    assert page.count("补记") == 1
    assert page.index("谭秋实") < page.index("补记") < page.index("罗青禾")


def test_an_older_month_is_one_step_further(as_user, audit, system, travel):
    invite("罗青禾", "luoqinghe", by=system.pk, at=now())
    travel(timedelta(days=40))
    browser = as_user(audit)
    page = browser.get("/desk/record/?kind=access.invited")
    assert sentences(page) == []
    assert "再往前查一个月" in page.content.decode()
    until = page.context["since"]
    assert sentences(browser.get(f"/desk/record/?kind=access.invited&until={until:%Y-%m-%d}")) == [
        "邬系统邀请罗青禾使用平台"
    ]


@pytest.mark.parametrize("query", ["kind=nonsense", "day=2026-13-40", "after=%00", "until=x&kind=access.invited"])
def test_nonsense_in_the_address_breaks_nothing(as_user, audit, query):
    assert as_user(audit).get(f"/desk/record/?{query}").status_code == 200


def test_the_sign_in_log_tells_who_came_and_who_failed(as_user, audit, client):
    user = make_user("罗青禾")
    client.post("/accounts/login/", {"login": user.username, "password": "错的"}, HTTP_USER_AGENT="Windows NT Edg/120")
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    browser = as_user(audit)
    came = browser.get("/desk/record/sign-ins/?who=罗青禾").context["rows"]
    failed = browser.get("/desk/record/sign-ins/?failed=1").context["rows"]
    assert [row["name"] for row in came] == ["罗青禾"]
    assert [(row["row"].username, row["device"]) for row in failed] == [(user.username, "Windows上的Edge")]


def test_only_the_audit_administrator_reads_both(as_user, system):
    browser = as_user(system)
    assert browser.get("/desk/record/").status_code == 403
    assert "“看登录日志”由审计管理员来做" in browser.get("/desk/record/sign-ins/").content.decode()


def test_a_day_before_there_were_platforms_is_no_day(as_user, audit):
    assert as_user(audit).get("/desk/record/?kind=access.invited&until=0001-01-05").status_code == 200
