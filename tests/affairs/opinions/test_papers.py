"""Letters about a matter: what is proposed, who issues them, who may read them, and how long."""

import io

import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document

from lianxin.affairs.opinions.actions import handling, sorting, telling
from lianxin.affairs.opinions.letters import WITH_OPINION, transfer
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Event
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Paper
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import DAY, browser, handed, somebody
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import PDF, lay_down

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


def proposed(opinion, head):
    paper = transfer(Seen(opinion.case.leading(*WITH_OPINION), today()), head, today())
    return paper, "\n".join(part.text for part in paper.body)


def url(name, thing, *more):
    return reverse(f"opinions:{name}", args=[thing.pk, *more])


def send(desk, opinion):
    """Issue the letter as it is proposed, and have it written."""
    page = desk.get(url("transfer", opinion))
    fields = page.context["form"]
    answer = desk.post(url("transfer", opinion), {name: fields[name].value() for name in fields.fields})
    assert answer["Location"] == url("papers", opinion)
    paper = Paper.objects.latest("pk")
    papers.make.func(str(paper.pk))
    return paper


def fresh(opinion):
    return Opinion.objects.with_case().get(pk=opinion.pk)


def text_of(answer):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)


def test_a_letter_says_what_is_asked_and_by_which_day(office, head):
    opinion, _lead = handed(office)
    paper, text = proposed(opinion, head)
    assert paper.title == f"关于转办群众意见{opinion.case.number}的函"
    assert paper.to == "交通运输局"
    assert f"2026年3月10日收到群众意见{opinion.case.number}（石桥镇柳溪村），" in text
    assert "现转你单位办理" in text
    assert opinion.text in text
    for asked in ("前签收。", "前说明理由退回", "前答复反映人。"):
        assert asked in text
    assert paper.note == "联系人：章谷雨 0700-0000000"


def test_a_letter_to_several_says_who_leads(office, head):
    opinion, _lead = handed(office, office.housing)
    paper, text = proposed(opinion, head)
    assert paper.to == "交通运输局、住房和城乡建设局"
    assert "由交通运输局主办，住房和城乡建设局会办" in text


def test_a_letter_is_in_chinese_whoever_reads_the_pages(office, head):
    opinion, _lead = handed(office, subject="roads")
    with override("en"):
        text = proposed(opinion, head)[1]
    assert "（石桥镇柳溪村，道路交通）" in text


def test_a_letter_says_that_the_day_has_passed(office, head, travel):
    opinion, _lead = handed(office)
    travel(NOON + 90 * DAY)
    text = proposed(opinion, head)[1]
    assert "已经过了，请尽快答复反映人" in text
    assert "请尽快签收。" in text
    assert "前签收" not in text
    assert "退回" not in text


def test_a_letter_tells_nobody_who_said_it(office, head):
    opinion, _lead = handed(
        office, words="我叫王秀兰，电话13800001234，桥头的灯不亮。", name="王秀兰", phone="13800001234"
    )
    paper, text = proposed(opinion, head)
    said = f"{paper.title}{text}{paper.note}"
    assert "桥头的灯不亮" in said
    assert "王秀兰" not in said
    assert "13800001234" not in said


def test_before_the_first_letter_it_is_said_who_issues_it(desk, office):
    opinion, _lead = handed(office)
    assert desk.get(url("transfer", opinion))["Location"] == f"{url('letterhead', opinion)}?for=transfer"
    told = {"issuer": "青禾县人大常委会办公室", "mark": "青人办函〔2026〕", "contact": ""}
    refused = desk.post(url("letterhead", opinion), told)
    assert refused.status_code == 422
    assert "只用汉字" in refused.content.decode()
    assert desk.post(f"{url('letterhead', opinion)}?for=transfer", told | {"mark": "青人办函"})["Location"] == url(
        "transfer", opinion
    )
    assert "青人办函〔2026〕的下一号" in desk.get(url("transfer", opinion)).content.decode()


def test_a_letter_is_mended_issued_and_read_by_both_sides(desk, office, head):
    opinion, lead = handed(office)
    page = desk.get(url("transfer", opinion))
    fields = page.context["form"]
    told = {name: fields[name].value() for name in fields.fields} | {"words": "请到现场看一看。\n\n尽快修。"}
    desk.post(url("transfer", opinion), told)
    waiting = desk.get(url("papers", opinion)).content.decode()
    assert "正在生成" in waiting
    assert "delay:2s" in waiting
    paper = Paper.objects.get()
    papers.make.func(str(paper.pk))
    shown = desk.get(url("papers", opinion)).content.decode()
    assert "青人办函〔2026〕1号" in shown
    assert "delay:2s" not in shown
    unit = browser(somebody("unit_clerk", office.roads))
    assert "青人办函〔2026〕1号" in unit.get(url("unit_papers", lead)).content.decode()
    assert "请到现场看一看。\n尽快修。" in text_of(unit.get(url("unit_paper", lead, paper.pk, "docx")))
    assert unit.get(url("unit_paper", lead, paper.pk, "pdf")).content == PDF
    assert unit.get(url("unit_paper", lead, paper.pk, "exe")).status_code == 404
    assert "青人办函〔2026〕1号" in desk.get(opinion.get_absolute_url()).content.decode()


def test_what_is_pressed_twice_is_issued_once(desk, office, head):
    opinion, _lead = handed(office)
    fields = desk.get(url("transfer", opinion)).context["form"]
    told = {name: fields[name].value() for name in fields.fields}
    for _press in range(2):
        assert desk.post(url("transfer", opinion), told)["Location"] == url("papers", opinion)
    assert [paper.number for paper in Paper.objects.all()] == ["青人办函〔2026〕1号"]
    assert Event.objects.filter(kind="opinions.letter_issued").count() == 1
    other, _other_lead = handed(office)
    refused = desk.post(url("transfer", other), told)
    assert refused.status_code == 422
    assert "已经出过一份公文" in refused.content.decode()
    assert send(desk, other).number == "青人办函〔2026〕2号"  # the refused one took none


def test_who_issues_another_letter_reads_the_number_of_the_latest(desk, office, head, travel):
    opinion, lead = handed(office)
    assert "已经出过" not in desk.get(url("transfer", opinion)).content.decode()
    for day in (1, 2):
        travel(NOON + day * DAY)
        paper = send(desk, opinion)
        told = f"同样的已经出过{paper.number}。再出一份，又占一个文号。"
        assert told in desk.get(url("transfer", opinion)).content.decode()
    handling.take_back(lead, "交错了", by=office.clerk.pk, at=now())
    handling.hand_to_units(fresh(opinion), office.housing, by=office.clerk.pk, at=now())
    assert "已经出过" not in desk.get(url("transfer", opinion)).content.decode()


def test_in_english_the_number_of_the_letter_before_is_a_sentence_of_its_own(desk, office, head):
    opinion, _lead = handed(office)
    number = send(desk, opinion).number
    desk.cookies["lianxin_language"] = "en"
    page = desk.get(url("transfer", opinion)).content.decode()
    assert f"{number}. One more takes a number of its own. Once issued" in page


def test_another_unit_and_another_matter_do_not_open_it(desk, office, head):
    opinion, _lead = handed(office)
    paper = send(desk, opinion)
    other, other_lead = handed(office)
    assert desk.get(url("paper", other, paper.pk, "docx")).status_code == 404
    unit = browser(somebody("unit_clerk", office.roads))
    assert unit.get(url("unit_paper", other_lead, paper.pk, "docx")).status_code == 404
    stranger = browser(somebody("unit_clerk", office.housing))
    assert stranger.get(url("unit_paper", _lead, paper.pk, "docx")).status_code == 404


def test_a_unit_that_has_the_matter_no_more_reads_its_letter_no_more(desk, office, head, travel):
    opinion, lead = handed(office)
    first = send(desk, opinion)
    unit = browser(somebody("unit_clerk", office.roads))
    assert unit.get(url("unit_paper", lead, first.pk, "docx")).status_code == 200
    travel(NOON + DAY)
    handling.take_back(lead, "交错了", by=office.clerk.pk, at=now())
    travel(NOON + 2 * DAY)
    handling.hand_to_units(fresh(opinion), office.housing, by=office.clerk.pk, at=now())
    second = send(desk, opinion)
    assert unit.get(url("unit_paper", lead, first.pk, "docx")).status_code == 404
    assert first.number not in unit.get(url("unit_papers", lead)).content.decode()
    other = browser(somebody("unit_clerk", office.housing))
    own = fresh(opinion).case.leading()
    shown = other.get(url("unit_papers", own)).content.decode()
    assert second.number in shown
    assert first.number not in shown


def test_whoever_helps_reads_the_letter_too(desk, office, head):
    opinion, _lead = handed(office, office.housing)
    paper = send(desk, opinion)
    helping = opinion.case.handovers.running().get(role="co")
    unit = browser(somebody("unit_clerk", office.housing))
    assert unit.get(url("unit_paper", helping, paper.pk, "docx")).status_code == 200


def test_merging_brings_nobody_the_letters_of_others(desk, office, head):
    kept, lead = handed(office)
    other, other_lead = handed(office, words="我家门口的井盖松了，半夜响，请来看看。")
    paper = send(desk, other)
    handling.take_back(other_lead, "同一件事", by=office.clerk.pk, at=now())
    sorting.merge(fresh(other), fresh(kept), by=office.clerk.pk, at=now())
    unit = browser(somebody("unit_clerk", office.roads))
    assert paper.number not in unit.get(url("unit_papers", lead)).content.decode()
    assert unit.get(url("unit_paper", lead, paper.pk, "docx")).status_code == 404
    assert str(paper.pk) not in desk.get(url("papers", kept)).content.decode()
    assert str(paper.pk) in desk.get(url("papers", other)).content.decode()


def test_what_was_hidden_since_a_unit_reads_in_no_letter(desk, office, head, travel):
    opinion, lead = handed(office)
    paper = send(desk, opinion)
    travel(NOON + DAY)
    sorting.redact(fresh(opinion), ["小学"], "认得出是谁家", by=office.clerk.pk, at=now())
    unit = browser(somebody("unit_clerk", office.roads))
    assert unit.get(url("unit_paper", lead, paper.pk, "docx")).status_code == 404
    assert desk.get(url("paper", opinion, paper.pk, "docx")).status_code == 200


def test_words_that_were_withdrawn_while_the_page_lay_open_are_not_issued(desk, office, head):
    opinion, _lead = handed(office)
    other = office.opinion(words="校门口的灯，我也看见不亮。")
    sorting.merge(other, fresh(opinion), by=office.clerk.pk, at=now())
    fields = desk.get(url("transfer", opinion)).context["form"]
    told = {name: fields[name].value() for name in fields.fields}
    telling.withdraw(fresh(opinion), at=now())
    refused = desk.post(url("transfer", opinion), told)
    assert refused.status_code == 422
    assert "有了变化" in refused.content.decode()
    assert not Paper.objects.exists()
    assert "我也看见不亮" in desk.get(url("transfer", opinion)).content.decode()


def test_the_book_shows_nobody_a_complaint_about_themselves(desk, office, head):
    complaint, _lead = handed(office, complaint=Complaint.of(office.mandate))
    paper = send(desk, complaint)
    assert paper.number in desk.get("/papers/").content.decode()
    own = make_user("被投诉的")
    make_grant(own, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    office.mandate.person.link(own, by=None, at=now())
    assert paper.number not in browser(own).get("/papers/").content.decode()
    assert browser(own).get(f"/papers/{paper.pk}.docx").status_code == 404


def test_whose_place_it_is_does_not_sign_for_the_county(office, head):
    opinion, _lead = handed(office)
    township = make_user("乡镇")
    make_grant(township, "township_clerk", Grant.Scope.PLACE, office.village.parent_id)
    page = browser(township)
    assert page.get(url("papers", opinion)).status_code == 200
    for name in ("transfer", "letterhead"):
        assert page.get(url(name, opinion)).status_code == 403
    assert 'class="why"' in page.get(url("papers", opinion)).content.decode()


def test_signs_that_no_document_may_hold_are_left_out(desk, office, head):
    opinion, _lead = handed(office)
    fields = desk.get(url("transfer", opinion)).context["form"]
    told = {name: fields[name].value() for name in fields.fields} | {"words": "桥头\x02的灯\ufffe不亮。"}
    desk.post(url("transfer", opinion), told)
    paper = Paper.objects.get()
    papers.make.func(str(paper.pk))
    assert "桥头的灯不亮。" in text_of(desk.get(url("paper", opinion, paper.pk, "docx")))


def test_where_no_unit_has_it_there_is_nothing_to_hand_on(desk, office, head):
    opinion = office.opinion()
    sorting.accept(opinion, by=office.clerk.pk, at=now())
    answer = desk.get(url("transfer", opinion))
    assert answer.status_code == 409
    assert "不在承办单位手上" in answer.content.decode()
    assert "出转办函" not in desk.get(url("papers", opinion)).content.decode().split("<main")[1].split("还没有出过")[0]


def test_an_empty_letter_is_refused_and_keeps_what_was_written(desk, office, head):
    opinion, _lead = handed(office)
    answer = desk.post(url("transfer", opinion), {"heading": "关于灯的函", "to": "", "words": "  \n ", "note": ""})
    assert answer.status_code == 422
    assert "关于灯的函" in answer.content.decode()
    assert not Paper.objects.exists()


def test_with_the_words_of_its_author_a_letter_goes_and_its_number_stays(desk, office, head):
    opinion, _lead = handed(office)
    paper = send(desk, opinion)
    telling.withdraw(opinion, at=now())
    paper.refresh_from_db()
    assert paper.content is None
    gone = desk.get(url("paper", opinion, paper.pk, "docx"))
    assert gone.status_code == 409
    assert "只留文号" in gone.content.decode()
    shown = desk.get(url("papers", opinion)).content.decode()
    assert "青人办函〔2026〕1号" in shown
    assert opinion.text not in shown


def test_who_may_only_read_issues_nothing(office, head):
    opinion, _lead = handed(office)
    keeper = make_user("守站人")
    make_grant(keeper, "station_keeper", Grant.Scope.STATION, office.station.pk)
    assert browser(keeper).get(url("transfer", opinion)).status_code in (403, 404)
