"""Fair copies of what residents wrote by hand: what they say, and what they never say."""

import io

import pytest
from django.urls import reverse
from docx import Document

from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.letters import Written, transcript
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import Channel
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Event
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Paper
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import browser
from tests.ground.access.builders import make_grant
from tests.ground.documents.builders import lay_down

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
WORDS = "桥头的灯不亮，晚上看不见。\n我叫王秀兰，电话13800001234。"


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


@pytest.fixture
def letter(office):
    made = office.opinion(words=WORDS, name="王秀兰", phone="13800001234", channel=Channel.LETTER)
    return Opinion.objects.with_case().get(pk=made.pk)


def url(name, thing, *more):
    return reverse(f"opinions:{name}", args=[thing.pk, *more])


def send(desk, opinion):
    fields = desk.get(url("transcript", opinion)).context["form"]
    told = {name: fields[name].value() for name in fields.fields}
    for _time in range(2):
        assert desk.post(url("transcript", opinion), told)["Location"] == url("papers", opinion)
    paper = Paper.objects.get()
    papers.make.func(str(paper.pk))
    return Paper.objects.get()


def test_it_says_the_words_and_neither_name_nor_telephone(letter, head):
    paper = transcript(Written(letter, today()), head, today())
    said = "\n".join([paper.title, *(part.text for part in paper.body), paper.note])
    assert "桥头的灯不亮" in said
    assert letter.case.number in said
    assert "王秀兰" not in said
    assert "13800001234" not in said


def test_it_is_made_without_a_number_once_and_takes_none_from_the_register(letter, head, desk):
    paper = send(desk, letter)
    assert (paper.number, paper.to_id, str(paper)) == ("", None, "来信抄清")
    page = desk.get(url("papers", letter)).content.decode()
    assert "群众来信抄清" in page
    answer = desk.get(url("paper", letter, paper.pk, "docx"))
    first, *rest = [one.text for one in Document(io.BytesIO(answer.content)).paragraphs if one.text]
    assert first == "群众来信抄清"
    assert "13800001234" not in "".join(rest)
    assert Event.objects.about("opinion", letter.pk).filter(kind="opinions.transcribed").count() == 1
    assert "群众来信抄清" not in desk.get(reverse("documents:book")).content.decode()


def test_it_goes_with_the_words_of_its_author(letter, head, desk):
    send(desk, letter)
    telling.withdraw(letter, at=now())
    paper = Paper.objects.get()
    assert (paper.content, paper.title) == (None, "")
    answer = desk.get(url("paper", letter, paper.pk, "docx"))
    assert "已经按规定销毁" in answer.content.decode()


def test_of_what_was_never_on_paper_there_is_no_fair_copy(office, head, desk):
    opinion = office.opinion()
    assert desk.get(url("transcript", opinion)).status_code == 409
    assert "抄清来信" not in desk.get(url("papers", opinion)).content.decode()


def test_the_letterhead_leads_on_to_the_fair_copy(letter, desk):
    way = desk.get(url("transcript", letter))["Location"]
    assert way == f"{url('letterhead', letter)}?for=transcript"
    told = {"issuer": "青禾县人大常委会办公室", "mark": "青人办函", "contact": ""}
    assert desk.post(way, told)["Location"] == url("transcript", letter)
