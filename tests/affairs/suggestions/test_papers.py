"""Notices of hand-over: what is proposed, who issues them, who may read them."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document

from lianxin.affairs.suggestions.actions import drafting, submitting
from lianxin.affairs.suggestions.letters import assignment
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Event
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.lib.papers import Form
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import browser, somebody
from tests.affairs.suggestions.builders import WORDS, handed, make_suggestion, running, submitted
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import lay_down
from tests.ground.people.builders import make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture(autouse=True)
def noon(office, travel, printer):
    travel(NOON)


@pytest.fixture
def head(office):
    return lay_down(office.congress)


@pytest.fixture
def desk(office):
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return browser(office.clerk)


def proposed(made, head):
    own = Suggestion.objects.with_case().get(pk=made.pk)
    paper = assignment(Seen(own.case.leading(), today()), head, today())
    return paper, [part.text for part in paper.body]


def send(desk, made):
    """Issue the notice as it is proposed."""
    address = reverse("suggestions:notice", args=[made.pk])
    fields = desk.get(address).context["form"]
    return desk.post(address, {name: fields[name].value() for name in fields.fields})


def test_it_names_what_regulations_ask(office, head):
    made, _lead = handed(office, office.housing)
    paper, words = proposed(made, head)
    assert paper.title == f"关于交办{made.number}号代表建议的通知"
    assert paper.to == "交通运输局、住房和城乡建设局"
    assert "由交通运输局主办，住房和城乡建设局协办" in words[0]
    assert [text for text in words if text.startswith("（")] == ["（一）情况", "（二）分析", "（三）建议"]
    assert set(WORDS.values()) - {WORDS["title"]} < set(words)
    asked = "".join(words[words.index("二、办理要求") :])
    for day in (
        "3月17日前签收",
        "3月19日前书面说明理由",
        "4月8日前至少联系一次",
        "4月22日前把协办意见",
        "6月10日前书面答复",
    ):
        assert day in asked


def test_it_asks_for_nothing_by_a_day_that_has_passed(office, head, travel):
    made, _lead = handed(office, office.housing)
    travel(NOON + timedelta(days=365))
    _paper, words = proposed(made, head)
    asked = "".join(words[words.index("二、办理要求") :])
    for said in ("请尽快签收。", "尽快至少联系一次", "尽快把协办意见", "请尽快书面答复"):
        assert said in asked
    assert "日前" not in asked


def test_it_says_who_leads_and_how_many_join(office, head):
    draft = make_suggestion(office)
    asked = drafting.ask(draft, make_mandate(office.congress, make_person("罗青禾")), by=office.clerk.pk, at=NOON)
    drafting.sign(asked, digest=draft.digest, by=office.clerk.pk, at=NOON)
    submitting.submit(draft, by=office.clerk.pk, at=NOON)
    submitting.hand_over(draft, office.roads, by=office.clerk.pk, at=NOON)
    _paper, words = proposed(draft, head)
    assert f"{office.mandate.person.name}代表领衔、1位代表附议" in words[0]
    assert "协办" not in "".join(words)


def test_it_is_laid_out_as_its_mark_says_and_speaks_of_nobody_who_is_not_there(office, head):
    made, _lead = handed(office)
    paper, words = proposed(made, head)
    assert (head.mark, paper.form) == ("青人办函", Form.LETTER)
    assert "附议代表" not in "".join(words)
    Letterhead.objects.update(mark="青人办")
    assert proposed(made, Letterhead.objects.get())[0].form == Form.DOCUMENT


def test_what_was_done_is_not_asked_again(office, head):
    made, lead = handed(office)
    submitting.sign_in(lead, by=office.clerk.pk, at=NOON)
    submitting.contact(lead, "到村里见了代表。", by=office.clerk.pk, at=NOON)
    words = "".join(proposed(made, head)[1])
    assert "签收" not in words
    assert "沟通" not in words


def test_it_is_issued_written_and_read_by_office_and_unit(office, head, desk, django_capture_on_commit_callbacks):
    made, lead = handed(office)
    assert send(desk, made).status_code == 302
    paper = Paper.objects.get()
    papers.make.func(str(paper.pk))
    unit = browser(somebody("unit_clerk", office.roads))
    assert paper.number in unit.get(reverse("suggestions:unit_suggestion", args=[lead.pk])).content.decode()
    for client, name, of in ((desk, "paper", made), (unit, "unit_paper", lead)):
        answer = client.get(reverse(f"suggestions:{name}", args=[of.pk, paper.pk, "docx"]))
        text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
        assert WORDS["advice"] in text
    levels = {one["text"]: one["level"] for one in paper.content["body"]}
    assert (levels["一、建议内容"], levels["（一）情况"], levels[WORDS["advice"]]) == (1, 2, 0)
    told = Event.objects.about("suggestion", made.pk).get(kind="suggestions.letter_issued")
    assert told.facts == {"what": "assignment", "paper": str(paper.pk)}


def test_pressed_twice_it_is_one_notice_and_an_old_page_issues_none(office, head, desk):
    made, _lead = handed(office)
    address = reverse("suggestions:notice", args=[made.pk])
    fields = desk.get(address).context["form"]
    told = {name: fields[name].value() for name in fields.fields}
    for _time in range(2):
        assert desk.post(address, told).status_code == 302
    assert Paper.objects.count() == 1
    fresh = desk.get(address).context["form"]
    again = {name: fresh[name].value() for name in fresh.fields}
    submitting.take_back(running(made, role="lead"), "交错了", by=office.clerk.pk, at=NOON)
    assert desk.post(address, again).status_code in (409, 422)
    assert Paper.objects.count() == 1


def test_who_issues_another_notice_reads_the_number_of_the_latest(office, head, desk, travel):
    made, lead = handed(office)
    address = reverse("suggestions:notice", args=[made.pk])
    assert "已经出过" not in desk.get(address).content.decode()
    for number in (1, 2):
        travel(NOON + timedelta(hours=number))
        send(desk, made)
        told = f"同样的已经出过青人办函〔2026〕{number}号。再出一份，又占一个文号。"
        assert told in desk.get(address).content.decode()
    submitting.take_back(lead, "交错了", by=office.clerk.pk, at=now())
    submitting.hand_over(made, office.housing, by=office.clerk.pk, at=now())
    assert "已经出过" not in desk.get(address).content.decode()


def test_another_unit_and_another_county_do_not_read_it(office, head, desk):
    made, lead = handed(office)
    send(desk, made)
    paper = Paper.objects.get()
    papers.make.func(str(paper.pk))
    strange = browser(somebody("unit_clerk", office.housing))
    assert strange.get(reverse("suggestions:unit_paper", args=[lead.pk, paper.pk, "docx"])).status_code == 404
    township = make_user("乡镇")
    make_grant(township, "township_clerk", Grant.Scope.PLACE, office.village.parent_id)
    assert browser(township).get(reverse("suggestions:paper", args=[made.pk, paper.pk, "docx"])).status_code == 404


def test_a_unit_that_it_was_taken_from_reads_none_that_came_later(office, head, desk):
    made, first = handed(office)
    submitting.take_back(first, "交错了", by=office.clerk.pk, at=NOON)
    submitting.hand_over(made, office.housing, by=office.clerk.pk, at=NOON)
    send(desk, Suggestion.objects.get(pk=made.pk))
    paper = Paper.objects.get()
    papers.make.func(str(paper.pk))
    former = browser(somebody("unit_clerk", office.roads))
    assert former.get(reverse("suggestions:unit_paper", args=[first.pk, paper.pk, "docx"])).status_code == 404


def test_what_lies_with_no_unit_gets_none(office, head, desk):
    made = submitted(office)
    answer = desk.get(reverse("suggestions:notice", args=[made.pk]))
    assert answer.status_code == 409


def test_before_the_first_paper_the_office_says_how_it_heads_them(office, desk):
    made, _lead = handed(office)
    answer = desk.get(reverse("suggestions:notice", args=[made.pk]))
    assert answer["Location"] == f"{reverse('suggestions:letterhead', args=[made.pk])}?for=notice"
