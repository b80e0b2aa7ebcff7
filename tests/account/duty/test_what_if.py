"""What another version of a regulation would do, person by person, on the platform's own record; and nothing is kept."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from lianxin.account.duty import trials
from lianxin.account.duty.sheets import sheets
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Mandate
from lianxin.ground.rulebook import adopt
from lianxin.ground.rulebook.drafts import Draft
from lianxin.ground.rulebook.loading import files_of
from lianxin.ground.rulebook.models import RulebookVersion, RulesProposal
from lianxin.ground.rulebook.preset import Preset
from tests.account.duty.builders import text_of
from tests.account.duty.test_sheets import RECEIVED, came
from tests.ground.access.builders import make_administrator, make_platform, make_user
from tests.ground.access.conftest import as_user
from tests.ground.people.builders import make_congress, make_county, make_mandate, make_person

__all__ = ["as_user"]

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/rules/what-if/"
BANDS = """
    total: {assumed: true, at_least: open, at_most: open}
    bands:
      - {grade: 好, at_least: 4}
      - {grade: 一般, less_than: 4}
"""
HEAD = RECEIVED.replace("kind: mandate", "kind: mandate, level: county")


def regulation(each: int, head: str = HEAD) -> bytes:
    """Points for every reception."""
    item = f"visits: {{name: 接待, assumed: true, counts: visit, gives: {{each: {each}}}, at_most: open}}"
    return text_of(item, BANDS, head).encode()


def preset_with(content: bytes) -> Preset:
    """A preset of the product with this regulation among its own."""
    return Draft.of("dianjun", files_of("dianjun") | {"dianjun/regulation-receptions.yaml": content}).preset()


def put_in_force(content: bytes, on: date) -> RulebookVersion:
    """The platform's rules from a day on, with this regulation among them."""
    return adopt(preset_with(content), body_id=None, by=None, at=now(), on=on)


@pytest.fixture
def system(db: None) -> User:
    make_platform()
    return make_administrator("system", "邬系统")


@pytest.fixture
def congress(system: User) -> Body:
    put_in_force(regulation(1), today() - timedelta(days=30))
    return make_congress(make_county())


@pytest.fixture
def browser(as_user, system: User) -> Client:
    return as_user(system)


def try_out(browser: Client, content: bytes | None = None, **told: str):
    filled = {"regulation": ":receptions", "on": today().isoformat(), **told}
    if content is not None:
        filled["changed"] = SimpleUploadedFile("changed.yaml", content)
    return browser.post(ADDRESS, filled)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def receptions(congress: Body, **times: int) -> None:
    for name, count in times.items():
        mandate = make_mandate(congress, make_person(name))
        for number in range(count):
            came(mandate, today() - timedelta(days=number))


def test_a_changed_file_shows_who_would_have_more_the_largest_difference_first(browser, congress):
    receptions(congress, 冉春生=1, 谭秋实=3, 田半年=0)
    events, versions = Event.objects.count(), RulebookVersion.objects.count()

    answer = try_out(browser, regulation(2))

    page = text(answer)
    assert "2个对象会不一样" in page
    assert "一共3个对象：2个分数会高，0个会低，1个换等次。" in page
    assert re.search(r"谭秋实 云江区人民代表大会 3 6 \+3 一般 → 好 .*冉春生 云江区人民代表大会 1 2 \+1 一般", page)
    assert "田半年" not in page
    assert (Event.objects.count(), RulebookVersion.objects.count()) == (events, versions)


def test_two_versions_are_compared(browser, congress):
    receptions(congress, 冉春生=2)
    later = put_in_force(regulation(5), today() + timedelta(days=30))
    before = RulebookVersion.objects.order_by("-in_force_from")[1]

    page = text(try_out(browser, before=str(before.pk), after=str(later.pk)))

    assert "冉春生 云江区人民代表大会 2 10 +8 一般 → 好" in page


def test_who_approves_tries_a_proposal_out_before(as_user, browser, system, congress):
    receptions(congress, 谭秋实=3)
    draft = Draft.of("dianjun", files_of("dianjun") | {"dianjun/regulation-receptions.yaml": regulation(2)})
    told = {"on": today() + timedelta(days=9), "why": "一次改成2分", "by": system.pk, "at": now()}
    proposal = RulesProposal.propose(draft, body_id=None, **told)
    approver = as_user(make_administrator("security", "安守正"))
    address = f"{ADDRESS}?after=proposal:{proposal.pk}"

    assert address in approver.get(f"/desk/rules/proposals/{proposal.pk}/").content.decode()
    form = approver.get(address).content.decode()
    assert re.search(rf'value="proposal:{proposal.pk}" selected', form)
    assert "谭秋实 云江区人民代表大会 3 6 +3" in text(try_out(approver, after=f"proposal:{proposal.pk}"))

    proposal.send_back(reason="再想想", by=make_user("安守正二").pk, at=now())
    assert address not in browser.get(f"/desk/rules/proposals/{proposal.pk}/").content.decode()


def test_a_period_goes_by_the_version_in_force_on_its_last_day(browser, congress):
    receptions(congress, 冉春生=2)
    put_in_force(regulation(5), date(today().year, 12, 31))
    assert "冉春生 云江区人民代表大会 10 4 -6" in text(try_out(browser, regulation(2)))


def test_whom_only_one_version_concerns_is_told_with_a_dash(browser, congress):
    receptions(congress, 冉春生=1)
    receptions(make_congress(congress.region.parent, "city"), 郗棠梨=1)

    page = text(try_out(browser, regulation(1, HEAD.replace("county", "[county, city]"))))

    assert "郗棠梨 澄州市人民代表大会 — 1 — — → 一般" in page
    assert "1个对象会不一样" in page


def test_a_file_that_was_sent_stays_for_another_period_and_the_next_page(browser, congress):
    receptions(congress, **{f"代表{number:02}": 1 for number in range(51)})
    answer = try_out(browser, regulation(2))
    kept = re.search(r'name="text" value="([^"]*)"', answer.content.decode())[1]
    assert "第1页，共2页" in text(answer)
    assert "代表50" not in text(answer)

    second = try_out(browser, text=kept.replace("&#x27;", "'").replace("&quot;", '"').replace("\n", "\r\n"), page="2")

    assert "第2页，共2页" in text(second)
    assert "代表50" in text(second)
    assert "代表49" not in text(second)


def test_everybody_is_taken_out_to_excel(browser, congress):
    receptions(congress, 冉春生=2, 田半年=0)
    answer = browser.post(
        ADDRESS,
        {
            "regulation": ":receptions",
            "on": today().isoformat(),
            "as": "xlsx",
            "changed": SimpleUploadedFile("a.yaml", regulation(3)),
        },
    )
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0] == ("对象", "哪里的", "原来", "改后", "相差", "等次", "没做到的要求")
    assert [row[:6] for row in rows[1:]] == [
        ("冉春生", "云江区人民代表大会", "2", "6", "+4", "一般 → 好"),
        ("田半年", "云江区人民代表大会", "0", "0", "0", "一般"),
    ]


def test_every_mistake_of_the_file_is_told(browser, congress):
    answer = try_out(browser, regulation(2).replace(b"counts: visit", b"counts: vist"))
    assert answer.status_code == 422
    page = text(answer)
    assert "文件里有1处要改" in page
    assert re.search(r"dianjun/regulation-receptions\.yaml:\d+", page)
    assert "“vist”" in page


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "请传改过的办法，或者选一个版本。"),
        ({"regulation": ":nothing"}, "nothing"),
        ({"on": "2026-02-30", "text": "x"}, "哪一期 ："),
    ],
)
def test_what_is_missing_is_asked_for(browser, congress, told, words):
    answer = try_out(browser, **told)
    assert answer.status_code == 422
    assert words in text(answer)


def test_a_version_without_the_regulation_is_told(browser, congress):
    first = RulebookVersion.objects.order_by("in_force_from").first()
    answer = try_out(browser, after=str(first.pk))
    assert answer.status_code == 422
    assert "那个版本里没有这份办法（receptions）" in text(answer)


def test_a_day_outside_a_single_period_is_told(browser, congress):
    single = regulation(2).replace("period: {every: 1年}".encode(), b"period: {from: 2020-01-01, to: 2020-12-31}")
    answer = try_out(browser, single)
    assert answer.status_code == 422
    assert "不在这份办法的周期里" in text(answer)


def test_a_body_with_rules_of_its_own_has_the_deputies_of_its_place(browser, congress):
    elsewhere = make_congress(make_county("望溪县"))
    receptions(congress, 冉春生=2)
    receptions(elsewhere, 向晚亭=2)
    adopt(preset_with(regulation(1)), body_id=congress.pk, by=None, at=now(), on=today())

    page = text(try_out(browser, regulation(2), regulation=f"{congress.pk}:receptions"))

    assert "冉春生" in page
    assert "向晚亭" not in page


def test_obligations_alone_are_compared_by_what_is_missed(browser, congress):
    receptions(congress, 冉春生=1)
    asks = "{name: 接待, assumed: true, counts: visit, asks: {at_least: %d, if_nothing_required: full}, follows: 约谈}"
    put_in_force(text_of("visits: " + asks % 1, "", HEAD).encode(), today() + timedelta(days=1))
    page = text(try_out(browser, text_of("visits: " + asks % 2, "", HEAD).encode()))
    assert "冉春生 云江区人民代表大会 — — — — 0 → 1" in page


def test_another_page_is_turned_without_working_it_out_again_until_something_is_recorded(
    browser, congress, monkeypatch
):
    worked = []
    monkeypatch.setattr(trials, "sheets", lambda *asked: worked.append(1) or sheets(*asked))
    receptions(congress, 冉春生=1)

    assert "+1" in text(try_out(browser, regulation(2)))
    assert "+1" in text(try_out(browser, regulation(2), page="1"))
    assert len(worked) == 2

    came(Mandate.objects.get(), today())
    assert "+2" in text(try_out(browser, regulation(2)))
    assert len(worked) == 4
