"""The record of a joint meeting as a paper: what stands on it, what never does, in whose layout, and when it goes."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document

from lianxin.affairs.opinions.actions import handling, issuing, sorting, telling
from lianxin.affairs.opinions.errors import NotRecorded
from lianxin.affairs.opinions.meeting_record import head_of, written
from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.cases.errors import AlreadyIssued
from lianxin.ground.core.clock import travel
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.documents import papers, stationery
from lianxin.ground.documents.models import Paper, PaperKind
from lianxin.lib.papers import Form
from tests.affairs.opinions.meeting_people import MET, ON, clerk_of, listed, met
from tests.ground.documents.builders import lay_down, upload

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("printer")]
WORDS = "我叫刘小满，电话13800000007，水管漏了三天。"


@pytest.fixture(autouse=True)
def _on_the_day():
    with travel(MET):
        yield


@pytest.fixture
def clerk(office):
    return clerk_of(office)


def again(opinion):
    return Opinion.objects.with_case().get(pk=opinion.pk)


def page_of(meeting):
    return reverse("opinions:meeting_record", args=[meeting.pk])


def make(clerk, meeting):
    """Press twice, and have it written."""
    told = {"id": str(clerk.get(page_of(meeting)).context["form"]["id"].value())}
    for _time in range(2):
        assert clerk.post(page_of(meeting), told)["Location"] == page_of(meeting)
    paper = Paper.objects.get(pk=told["id"])
    papers.make.func(str(paper.pk))
    return Paper.objects.get(pk=paper.pk)


def lines(office, day=ON):
    meeting = Meeting.of(office.congress, ON)
    return [part.text for part in written(meeting, head_of(meeting), day).body]


def test_it_says_when_where_who_and_of_each_matter_what_was_decided(office):
    first, second = listed(office, words=WORDS), listed(office, words="桥塌了。\n\n请修。")
    sorting.see_privacy(again(first), by=office.clerk.pk, at=MET)
    handling.hand_to_units(again(first), office.roads, [office.housing], by=office.clerk.pk, at=MET)
    met(office)
    place = f"{office.village.parent.name}{office.village.name}"
    assert lines(office) == [
        "时间：2026年3月12日",
        "地点：三楼会议室",
        "主持人：章谷雨（副主任）",
        "参加人员：县人民政府：罗青禾；县人民法院：谭秋实",
        "列入研判的群众反映2件，其中1件还没有定。",
        f"一、{first.case.number}（{place}）",
        "反映：我叫▇▇▇，电话▇▇▇，水管漏了三天。",
        "研判：交交通运输局主办，住房和城乡建设局协办（2026年3月12日）。",
        f"二、{second.case.number}（{place}）",
        "反映：桥塌了。 请修。",
        "研判：还没有定。",
    ]


def test_it_is_in_chinese_whoever_asks(clerk, office):
    listed(office)
    meeting = met(office)
    clerk.cookies["lianxin_language"] = "en"
    content = make(clerk, meeting).content
    assert content["title"].endswith("集中研判记录")
    assert "研判：还没有定。" in str(content)


def test_the_office_writes_it_once_and_again_when_more_is_decided(clerk, office):
    opinion, meeting = listed(office), met(office)
    assert page_of(meeting) in clerk.get(meeting.get_absolute_url()).content.decode()
    first = make(clerk, meeting)
    assert (first.kind, first.number, first.owner) == (PaperKind.MEETING, "", office.congress)
    handling.hand_to_units(again(opinion), office.roads, by=office.clerk.pk, at=MET)
    second = make(clerk, meeting)
    assert "还没有定" in str(first.content)
    assert "交交通运输局主办" in str(second.content)
    answer = clerk.get(reverse("opinions:meeting_record_file", args=[meeting.pk, second.pk, "docx"]))
    text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "章谷雨（副主任）" in text
    assert text.count(office.congress.name) == 2  # in the title, and below
    told = Event.objects.about("meeting", meeting.pk).filter(kind="opinions.meeting_recorded")
    assert told.count() == 2


def test_nothing_is_written_of_a_meeting_of_which_nobody_said_who_sat_there(office):
    listed(office)
    with pytest.raises(NotRecorded):
        issuing.record_meeting(Meeting.of(office.congress, ON), id=new_id(), by=office.clerk.pk, at=MET)
    assert not Paper.objects.exists()


def test_the_id_of_another_paper_is_refused(office):
    meeting, paper = met(office), new_id()
    issuing.record_meeting(meeting, id=paper, by=office.clerk.pk, at=MET)
    later = Meeting.of(office.congress, ON - timedelta(days=1))
    later.lay_down(chair="章谷雨", attended="罗青禾", by=office.clerk.pk, at=MET)
    with pytest.raises(AlreadyIssued):
        issuing.record_meeting(later, id=paper, by=office.clerk.pk, at=MET)


def test_a_meeting_for_which_nothing_was_listed_has_a_record_too(clerk, office):
    assert "没有列入研判的群众反映。" in str(make(clerk, met(office)).content)


def test_it_holds_two_hundred_matters(clerk, office):
    told = [listed(office) for _number in range(200)]
    paper = make(clerk, met(office))
    assert all(one.case.number in str(paper.content) for one in told)
    assert "列入研判的群众反映200件，其中200件还没有定。" in str(paper.content)
    assert "二百、" not in str(paper.content)
    assert "200、" in str(paper.content)


def test_what_complains_of_somebody_does_not_stand_there(office):
    complaint = listed(office, words="门都没有开。", complaint=Complaint.of(office.station))
    met(office)
    said = "".join(lines(office))
    assert "门都没有开" not in said
    assert complaint.case.number not in said
    assert "没有列入研判的群众反映。" in said


def test_it_goes_when_somebody_withdraws_and_is_written_anew_without_the_words(clerk, office):
    opinion, _other = listed(office, words="水管漏了三天。"), listed(office)
    meeting = met(office)
    first = make(clerk, meeting)
    telling.withdraw(again(opinion), at=MET)
    gone = Paper.objects.get(pk=first.pk)
    assert (gone.content, gone.title) == (None, "")
    content = str(make(clerk, meeting).content)
    assert "水管漏了三天" not in content
    assert "反映：（原话已销毁）" in content
    assert "反映人撤回，不再办" in content


def test_words_that_were_kept_long_enough_go_from_every_day_on_which_they_stood(clerk, office):
    opinion, meeting = listed(office, words="水管漏了三天。"), met(office)
    sorting.list_for_meeting(again(opinion), ON + timedelta(days=30), by=office.clerk.pk, at=MET)
    first = make(clerk, meeting)
    telling.expire_words(again(opinion), at=MET)
    assert Paper.objects.get(pk=first.pk).content is None


def test_the_papers_of_other_meetings_stay(clerk, office):
    elsewhere = listed(office, ON + timedelta(days=1))
    listed(office)
    paper = make(clerk, met(office))
    telling.withdraw(again(elsewhere), at=MET)
    assert Paper.objects.get(pk=paper.pk).content


def test_the_words_of_others_who_said_the_same_are_not_on_it(office):
    opinion, other = listed(office), office.opinion(words="乙说桥塌了。")
    sorting.merge(other, again(opinion), by=office.clerk.pk, at=MET)
    telling.withdraw(again(opinion), at=MET)
    met(office)
    assert "乙说桥塌了" not in "".join(lines(office))


def test_it_is_written_in_the_template_of_the_body(clerk, office):
    head = lay_down(office.congress)
    assert stationery.forms(head)[PaperKind.MEETING] == Form.PLAIN
    built_in = stationery.built_in(head, PaperKind.MEETING)
    text = "\n".join(one.text for one in Document(io.BytesIO(built_in)).paragraphs)
    assert "{{正文}}" in text
    assert not any(name in text for name in ("{{文号}}", "{{主送}}", "{{抄送}}", "{{附注}}"))
    stationery.take(head, PaperKind.MEETING, upload(_changed(built_in)), by=office.clerk.pk, at=MET)
    listed(office, words="水管漏了三天。")
    paper = make(clerk, met(office))
    assert (str(paper.template), paper.is_template_unfit) == ("第1版", False)
    answer = clerk.get(reverse("opinions:meeting_record_file", args=[paper.about_id, paper.pk, "docx"]))
    told = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "本单位的格式" in told
    assert "水管漏了三天" in told
    assert f"{head.issuer}集中研判记录" in told


def _changed(content):
    document = Document(io.BytesIO(content))
    document.add_paragraph("本单位的格式")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
