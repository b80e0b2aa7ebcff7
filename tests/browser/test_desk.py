"""The desk in a real browser: by keyboard alone, without scripts, and back again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lianxin.affairs.opinions.actions import sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.clock import now
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Paper
from tests.affairs.opinions.builders import Office
from tests.affairs.opinions.unit_people import handed
from tests.browser.conftest import DESK, PHONE
from tests.ground.access.builders import make_grant
from tests.ground.documents.builders import lay_down

pytestmark = pytest.mark.django_db(transaction=True)
INBOX = "/desk/opinions/?view=new"


@pytest.fixture
def office(server: Any) -> Office:
    office = Office()
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return office


@pytest.fixture
def three(office: Office) -> list[Opinion]:
    titles = ("小学门口没有斑马线", "河堤栏杆断了两截", "卫生室周末没有人")
    return [office.opinion(words=f"{title}，请来看看。", subject="roads", title=title) for title in titles]


def read(page: Page) -> Any:
    """The title of what is read."""
    return page.locator("#read h2").first


def test_matters_are_sorted_by_keyboard_alone(visit: Any, office: Office, three: list[Opinion]) -> None:
    page = visit(viewport=DESK).sign_in(office.clerk).open(INBOX)
    page.keyboard.press("j")
    expect(read(page)).to_have_text(three[0].title)
    page.keyboard.press("u")
    expect(page.get_by_label("交通运输局").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("交给交通运输局了")).to_be_visible()
    expect(read(page)).to_have_text(three[1].title)
    expect(page.locator("[data-row][aria-current]")).to_be_focused()
    page.keyboard.press("q")
    expect(page.get_by_label("要补充什么")).to_be_focused()
    page.keyboard.type("是哪一段？")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("等反映人补充，时限先停")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("撤销了")).to_be_visible()
    expect(read(page)).to_have_text(three[1].title)
    waits = {case.opinion.title: case.waits_for for case in Case.objects.select_related("opinion")}
    assert waits == {three[0].title: "unit", three[1].title: "office", three[2].title: "office"}


def test_going_back_reads_the_one_before(visit: Any, office: Office, three: list[Opinion]) -> None:
    page = visit(viewport=DESK).sign_in(office.clerk).open(INBOX)
    for one in three:
        page.locator(f"#o-{one.pk}").click()
        expect(read(page)).to_have_text(one.title)
        expect(page).to_have_url(re.compile(str(one.pk)))  # a step of the history is made once the words stand there
    page.go_back()
    expect(read(page)).to_have_text(three[1].title)
    expect(page.locator("[data-row][aria-current] .row__t")).to_have_text(three[1].title)


def test_an_open_menu_moves_nothing(visit: Any, office: Office) -> None:
    for number in range(40):
        office.opinion(words=f"第{number}件，请来看看。")
    page = visit(viewport=DESK).sign_in(office.clerk).open(INBOX)
    page.locator("[data-row]").nth(30).click()
    page.locator("#acts summary").click()
    assert page.evaluate("scrollY") == 0
    expect(page.get_by_role("link", name="填地方类别")).to_be_in_viewport()


def test_one_is_handed_over_on_a_phone_without_scripts(visit: Any, office: Office, three: list[Opinion]) -> None:
    page = visit(viewport=PHONE, java_script_enabled=False).sign_in(office.clerk).open(INBOX)
    page.get_by_role("link", name=three[0].title).click()
    page.locator("#acts").get_by_role("link", name="交单位").click()
    page.get_by_label("交通运输局").first.check()
    page.get_by_role("button", name="交给它办").click()
    expect(page.get_by_text("交给交通运输局了")).to_be_visible()
    assert Handover.objects.get(role="lead").party_id == office.roads.pk
    page.get_by_role("button", name="撤销").click()
    assert not Handover.objects.running().filter(role="lead").exists()


@pytest.mark.parametrize(
    "options", [{"viewport": PHONE}, {"viewport": PHONE, "java_script_enabled": False}, {"viewport": DESK}]
)
def test_a_matter_is_taken_out_of_a_merge_on_every_screen(
    visit: Any, office: Office, three: list[Opinion], options: dict[str, Any]
) -> None:
    main, other, _third = three
    sorting.merge(other, main, by=office.clerk.pk, at=now())
    page = visit(**options).sign_in(office.clerk).open(other.get_absolute_url())
    page.locator("#acts summary").click()
    expect(page.get_by_role("link", name="查看身份信息")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="分开").click()
    expect(page.get_by_text("分出来以后是新来的一件，还没有收下")).to_be_visible()
    page.get_by_role("button", name="分出来，单独办").click()
    page.wait_for_url(lambda url: "/split/" not in url)
    case = Case.objects.get(pk=other.case_id)
    assert (case.merged_into_id, case.stage) == (None, "received")


def test_a_letter_appears_when_it_has_been_written(visit: Any, office: Office, printer: None) -> None:
    lay_down(office.congress)
    opinion, _lead = handed(office)
    page = visit(viewport=PHONE).sign_in(office.clerk).open(f"/desk/opinions/{opinion.pk}/papers/transfer/")
    page.get_by_role("button", name="编号并出文").click()
    expect(page.get_by_text("正在生成")).to_be_visible()
    papers.make.func(str(Paper.objects.get().pk))
    link = page.get_by_role("link", name="Word文档")
    expect(link).to_be_visible(timeout=10_000)  # by itself: nobody pressed anything
    with page.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename == f"青人办函〔{now().year}〕1号.docx"
