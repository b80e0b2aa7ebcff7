"""Before it is sent: who says the same is shown whole, and joined by one tap; nothing private is ever counted or shown."""

import pytest
from django.test import Client

from lianxin.affairs.opinions import suggesting
from lianxin.affairs.opinions.actions import sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.similar import alike
from lianxin.ground.cases.models import Case, Echo
from lianxin.ground.core.clock import travel
from lianxin.ground.people.models import Region
from lianxin.ground.rulebook import in_force
from tests.affairs.opinions.builders import LAMPS, NOON, make_opinion
from tests.affairs.opinions.teller import Teller, text
from tests.ground.people.builders import make_county, make_region

pytestmark = pytest.mark.django_db
SAME = "小学路上好几盏路灯不亮，孩子晚上看不见路。"


@pytest.fixture
def teller(office):
    with travel(NOON):
        yield Teller(Client(), office)


def public(office, **facts):
    opinion = office.opinion(**facts)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    opinion.refresh_from_db()
    return opinion


def test_an_open_public_matter_of_the_township_is_shown_whole(teller, office):
    opinion = public(office)
    teller.until("what", what={"words": SAME})
    page = text(teller.get("subject"))
    assert opinion.title in page
    assert opinion.text in page
    assert "2026年3月" in page
    assert opinion.case.get_stage_display() in page


@pytest.mark.parametrize("facts", [{"visibility": "staff"}, {"words": LAMPS + "我电话13800001234"}])
def test_what_is_not_public_is_never_shown(office, facts):
    public(office, **facts)
    assert alike(SAME, office.village) == []


def test_what_ended_or_lies_in_another_township_is_not_shown(office):
    far = Region.objects.filter(level="township").exclude(pk=office.village.parent_id).first()
    sorting.accept(make_opinion(far, NOON), by=office.clerk.pk, at=NOON)
    ended = public(office)
    Case.objects.filter(pk=ended.case_id).update(stage="ended", ended_at=NOON, ending="judged")
    assert alike(SAME, office.village) == []


def test_at_most_five_are_shown_the_most_alike_first(office):
    for number in range(6):
        public(office, words=f"{LAMPS}第{number}次说。")
    exact = public(office, words=SAME)
    found = alike(SAME, office.village)
    assert len(found) == 5
    assert found[0].opinion == exact


def test_one_tap_joins_and_counts_once_for_a_browser(teller, office):
    opinion = public(office)
    teller.until("what", what={"words": SAME})
    assert teller.post("echo", opinion=opinion.pk).url == "/tell/subject/#similar"
    assert "记下了：您也遇到" in text(teller.get("subject"))
    teller.post("drop")
    teller.until("what", what={"words": SAME})
    teller.post("echo", opinion=opinion.pk)
    assert Echo.objects.filter(case=opinion.case, mark="").count() == 1
    assert Opinion.objects.count() == 1


def test_a_phone_counts_once_on_any_browser_and_is_not_to_be_read(office):
    opinion, other = public(office), public(office, words=SAME)
    with travel(NOON):
        for phone in ("13800001234", "138 0000 1234"):
            teller = Teller(Client(), office)
            teller.until("what", what={"words": SAME})
            teller.post("echo", opinion=opinion.pk, phone=phone)
        teller.post("echo", opinion=other.pk, phone=phone)
    marks = list(Echo.objects.values_list("mark", flat=True))
    assert (len(marks), len(set(marks))) == (2, 2)
    assert "13800001234" not in str(marks)


def test_a_number_that_is_none_counts_like_no_number(teller, office):
    opinion = public(office)
    teller.until("what", what={"words": SAME})
    teller.post("echo", opinion=opinion.pk, phone="\x00一二三")
    assert Echo.objects.get().mark == ""


def test_a_forged_list_of_what_was_joined_counts_for_nothing(teller, office):
    opinion = public(office)
    teller.until("what", what={"words": SAME})
    teller.browser.cookies["lianxin_echoed"] = f"{opinion.pk}:forged"
    teller.post("echo", opinion=opinion.pk)
    assert Echo.objects.filter(case=opinion.case).count() == 1


def test_nothing_is_compared_for_a_complaint(teller, office):
    public(office)
    complaint = f"unit:{office.roads.pk}"
    Teller(teller.browser, office, complaint=complaint).until("what", what={"words": SAME})
    assert "我也遇到" not in text(teller.get("subject"))


def test_a_subject_is_suggested_with_its_reason_and_not_ticked(teller):
    teller.until("what")
    page = text(teller.get("subject"))
    assert "可能是“道路交通”" in page
    assert "“路灯”" in page
    assert "checked" not in page


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        ("石桥镇柳溪村的下水道堵了三天。", "water", "“下水道”"),
        ("住石桥镇的人都要绕路。", None, None),
        ("石桥镇的桥栏杆断了。", "roads", "“桥”"),
        ("高桥镇的栏杆断了。", "roads", "“桥”"),  # of which this platform knows nothing
    ],
)
def test_the_name_of_a_place_is_no_reason_for_a_subject(office, words, code, reason, django_assert_max_num_queries):
    rules = in_force(NOON.date(), office.congress.pk).section(OpinionRules)
    with django_assert_max_num_queries(1):
        found = suggesting.subject(words, office.village, rules)
    assert (found and found.code) == code
    assert found is None or found.reason == f"文中有{reason}"


def test_only_places_of_the_same_county_are_asked_for(office):
    make_region("高桥镇", "township", make_county("远山县"))
    rules = in_force(NOON.date(), office.congress.pk).section(OpinionRules)
    assert suggesting.subject("高桥镇的栏杆断了。", office.village, rules).reason == "文中有“桥”"
