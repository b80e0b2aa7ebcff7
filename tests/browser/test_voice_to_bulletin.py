"""The whole way in one browser: what a resident says becomes a deputy's suggestion, an answer, a public page, a line of the bulletin.

Each does their part on their own pages: resident, clerk, deputy, unit, its head, a second clerk, a leader. docs/tour.md tells it.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Region
from tests.affairs.opinions.builders import Office
from tests.browser.conftest import PHONE, Visit
from tests.ground.access.builders import make_grant, make_user

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "进村路上七盏路灯都不亮，放学的孩子摸黑走。"
THANKS = "灯亮那天，孩子一路数过去，数到七。"
SCOPE = Grant.Scope


@pytest.fixture
def people(server) -> dict[str, User]:
    """Who does a part, each with the role that an office gives."""
    office = Office()
    Platform.objects.update(county_code=office.county.code)
    Platform.forget()
    over = {
        "clerk": ("office_clerk", SCOPE.PLACE, office.county.pk),
        "reviewer": ("office_clerk", SCOPE.PLACE, office.county.pk),
        "leader": ("leader", SCOPE.PLACE, office.county.pk),
        "deputy": ("deputy", SCOPE.BODY, office.congress.pk),
        "unit": ("unit_clerk", SCOPE.UNIT, office.roads.pk),
        "head": ("unit_head", SCOPE.UNIT, office.roads.pk),
    }
    found = {}
    for name, (role, kind, scope) in over.items():
        found[name] = make_user(name)
        make_grant(found[name], role, kind, scope)
    office.mandate.person.user = found["deputy"]
    office.mandate.person.save()
    return found


def press(page: Page, *names: str) -> None:
    """Follow links and press buttons, one after another, by what they say."""
    for name in names:
        main = page.get_by_role("main")
        with page.expect_navigation():
            main.get_by_role("link", name=name).or_(main.get_by_role("button", name=name)).first.click(timeout=4000)


def send(page: Page) -> None:
    """Press what the page's form is there for."""
    with page.expect_navigation():
        page.get_by_role("main").locator("form button.btn--main").last.click()


def choose(page: Page, *names: str) -> None:
    """Choose among what a form offers."""
    for name in names:
        page.get_by_label(name, exact=False).first.check()


def test_a_voice_becomes_a_suggestion_an_answer_and_a_line_of_the_bulletin(visit, people) -> None:
    phone = visit(viewport=PHONE)
    code = _told(phone.open(f"/tell/?region={Region.objects.filter(level='village').earliest('code').pk}"))
    at = {name: visit().sign_in(user) for name, user in people.items()}
    opinion = Opinion.objects.get()

    page = at["clerk"].open(f"/desk/opinions/{opinion.pk}/")
    press(page, "转代表")
    choose(page, "罗青禾")
    send(page)

    page = at["deputy"].open("/me/opinions/")
    page.get_by_role("link", name=re.compile("路灯")).first.click()
    press(page, "认领")
    send(page)
    _raised(page)

    page = at["clerk"].open("/desk/suggestions/")
    page.get_by_role("link", name=re.compile("接管")).first.click()
    press(page, "交办")
    choose(page, "交通运输局")
    press(page, "受理并交办")
    press(page, "公开", "公开")

    page = at["unit"].open("/unit/suggestions/")
    page.get_by_role("link", name=re.compile("接管")).first.click()
    press(page, "签收")
    _answered(page, at["head"])

    page = at["deputy"].open("/me/suggestions/?tab=mine")
    page.get_by_role("link", name=re.compile("接管")).first.click()
    press(page, "评价")
    for group in ("办理态度", "办理结果"):
        page.get_by_role("group", name=group).get_by_role("radio").first.check()
    send(page)

    _judged(phone.open("/follow/"), code)
    _issued(at)

    page = phone.open("/")
    page.get_by_role("link", name=re.compile("第1期")).first.click()
    expect(page.get_by_text(THANKS)).to_be_visible()
    expect(page.get_by_text("路灯由我局接管", exact=False).first).to_be_visible()
    page.get_by_role("link", name=re.compile("路灯")).first.click()
    expect(page.get_by_text("路灯由我局接管", exact=False).first).to_be_visible()


def _told(page: Page) -> str:
    """On the phone, in five steps; the code by which it is followed."""
    press(page, "下一步")
    page.get_by_label("您的话").fill(WORDS)
    press(page, "下一步")
    page.wait_for_url("**/subject/")
    press(page, "下一步")
    page.wait_for_url("**/seen/")
    choose(page, "公开，不写名字")
    press(page, "下一步")
    page.wait_for_url("**/send/")
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    send(page)
    page.wait_for_url("**/receipt/**")
    return re.search(r"\d{4} \d{4} \d{4}", page.get_by_role("main").inner_text())[0]


def _raised(page: Page) -> None:
    press(page, "写成建议")
    page.get_by_label("题目").fill("关于接管进村路路灯的建议")
    page.locator("[name=facts]").fill("七盏灯坏了三个月。")
    page.locator("[name=analysis]").fill("灯是村里装的，没有人管养。")
    page.locator("[name=advice]").fill("请交通运输局接管，今年修好。")
    send(page)
    press(page, "提出")
    send(page)


def _answered(page: Page, head: Visit) -> None:
    """The clerk drafts, the head approves and it goes out."""
    press(page, "开始写")
    page.locator("[name=text]").fill("路灯由我局接管，七盏都修好了。")
    page.locator("[name=outcome]").first.check()
    press(page, "存下并送审")
    own = head.open(urlsplit(page.url).path)
    press(own, "批准", "送出", "送出")


def _judged(page: Page, code: str) -> None:
    """The resident, by the code alone."""
    page.get_by_label("查询码").fill(code)
    press(page, "查")
    for name in ("solved", "satisfied"):
        page.locator(f"[name={name}][value=yes]").check()
    page.locator("[name=words]").fill(THANKS)
    press(page, "交上我的评价")


def _issued(at: dict[str, Visit]) -> None:
    """Put together by one, reviewed by another, signed by a third."""
    page = at["clerk"].open("/desk/bulletin/")
    press(page, "开始编")
    press(page, "放进来", "民意纵览", "放进来", "民声回响", "放进来", "问过了，记下来")
    choose(page, "电话")
    press(page, "本人同意了", "送复核", "送复核")
    page = at["reviewer"].open("/desk/")
    press(page, "的简报要复核", "复核通过", "复核通过")
    page = at["leader"].open("/lead/")
    press(page, "的简报要签发", "签发", "签发，马上公布")
