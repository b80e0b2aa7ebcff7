"""Letters in which units answer deputies: what they say, whose number they have, who reads them."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from lianxin.affairs.suggestions.actions import answering, drafting, submitting
from lianxin.affairs.suggestions.letters import reply as proposed
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import day_of, today
from lianxin.ground.core.models import Event
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.ground.people.models import Unit
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import browser, somebody
from tests.affairs.suggestions.builders import DAY, answered, handed, make_suggestion, reply
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import lay_down, make_paper
from tests.ground.people.builders import make_mandate, make_person
from tests.lib.papers.test_filling import template

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
HEAD = {"issuer": "青禾县交通运输局", "mark": "青交函", "contact": "路安 0700-0000001"}


@pytest.fixture(autouse=True)
def noon(office, travel, printer):
    travel(NOON)


@pytest.fixture
def head(office):
    return Letterhead.lay_down(office.roads, by=None, at=NOON, **HEAD)


@pytest.fixture
def unit(office):
    return browser(somebody("unit_clerk", office.roads))


def lead_of(made):
    return Handover.objects.select_related("round", "case__body", "case__suggestion__lead__person").get(
        case=made.case_id, role="lead"
    )


def letter(made, head):
    return proposed(Seen(lead_of(made), today()), head, today())


def deputy(mandate):
    """The user of the deputy of a mandate."""
    user = make_user("代表")
    mandate.person.link(user, by=None, at=NOON)
    make_grant(user, "deputy", Grant.Scope.BODY, mandate.congress_id)
    return user


def send(unit, lead, **written):
    """Issue the letter as it is proposed, and have it written."""
    address = reverse("suggestions:reply_letter", args=[lead.pk])
    fields = unit.get(address).context["form"]
    answer = unit.post(address, {name: fields[name].value() for name in fields.fields} | written)
    assert answer["Location"] == reverse("suggestions:unit_suggestion", args=[lead.pk])
    paper = Paper.objects.get()
    papers.make.func(str(paper.pk))
    return paper


def test_it_says_what_went_out_with_class_contact_and_copies(office, head):
    lay_down(office.congress)
    made = answered(office)
    paper = letter(made, head)
    assert paper.title.endswith(f"{made.number}号建议的答复")
    assert paper.title.startswith("关于云江区第七届人民代表大会闭会期间\n")
    assert paper.to == f"{office.mandate.person.name}代表"
    assert [part.text for part in paper.body][1] == "路灯由我局接管，七盏都修好了。"
    assert (paper.mark, paper.note) == ("A类", "联系人：路安 0700-0000001")
    assert paper.imprint.copies_to == "青禾县人大常委会办公室"


def test_it_names_who_joined_who_helped_and_what_is_promised(office, head):
    draft = make_suggestion(office)
    asked = drafting.ask(draft, make_mandate(office.congress, make_person("罗青禾")), by=office.clerk.pk, at=NOON)
    drafting.sign(asked, digest=draft.digest, by=office.clerk.pk, at=NOON)
    submitting.submit(draft, by=office.clerk.pk, at=NOON)
    submitting.hand_over(draft, office.roads, [office.housing], by=office.clerk.pk, at=NOON)
    made = Suggestion.objects.with_case().get(pk=draft.pk)
    later = {"outcome": "later", "promise": "换好七盏灯。", "promised_on": day_of(NOON + 90 * DAY)}
    reply(office, lead_of(made), **later)
    paper = letter(made, head)
    words = [part.text for part in paper.body]
    assert paper.to == f"{office.mandate.person.name}代表、罗青禾代表"
    assert words[0].startswith("你们提出的")
    assert "会同住房和城乡建设局研究" in words[0]
    assert words[-2].endswith("以前：换好七盏灯。")
    assert paper.mark == "C类"


def test_the_unit_issues_it_under_its_own_number_and_all_three_sides_read_it(office, head, unit):
    made = answered(office)
    lead = lead_of(made)
    assert "出答复函" in unit.get(reverse("suggestions:unit_suggestion", args=[lead.pk])).content.decode()
    paper = send(unit, lead, copies="县人大常委会办公室，县政府办公室")
    assert paper.number == "青交函〔2026〕1号"
    assert "期间\n建" in paper.content["title"]
    assert (paper.unit, paper.body, paper.template) == (office.roads, None, None)
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    person = deputy(office.mandate)
    sides = (
        (unit, "unit_paper", lead),
        (browser(office.clerk), "paper", made),
        (browser(person), "deputy_paper", made),
    )
    for client, name, of in sides:
        answer = client.get(reverse(f"suggestions:{name}", args=[of.pk, paper.pk, "docx"]))
        text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
        assert "七盏都修好了" in text
        assert "A类" in text
    own = browser(person).get(reverse("suggestions:deputy_suggestion", args=[made.pk]))
    assert paper.number in own.content.decode()
    told = Event.objects.about("suggestion", made.pk).get(kind="suggestions.letter_issued")
    assert told.facts == {"what": "reply", "paper": str(paper.pk)}


@pytest.mark.parametrize("is_everywhere", [False, True])
def test_letters_of_units_are_not_the_office_s_however_far_it_reaches(office, head, unit, is_everywhere):
    paper = send(unit, lead_of(answered(office)))
    user = make_user("章谷雨")
    given = make_grant(user, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    if is_everywhere:  # as a preset may have it
        Grant.objects.filter(pk=given.pk).update(scope_kind=Grant.Scope.PLATFORM, scope_id=None)
    clerk = browser(user)
    assert paper.number not in clerk.get("/papers/").content.decode()
    assert clerk.get(f"/papers/{paper.pk}.docx").status_code == 404
    assert head.issuer not in clerk.get("/papers/templates/").content.decode()
    assert clerk.get(f"/papers/templates/{head.pk}/reply/").status_code == 404


def test_a_unit_writes_its_letters_by_a_template_of_its_own(office, head, unit):
    page = f"/papers/templates/{head.pk}/reply/"
    assert f'href="{page}"' in unit.get("/papers/templates/").content.decode()
    document = Document(io.BytesIO(unit.get(f"{page}0.docx").content))
    document.paragraphs[-1].insert_paragraph_before("本函一式三份。")
    told = unit.post(page, {"file": sent(document)}, follow=True).content.decode()
    assert "启用了第1版" in told
    assert "青禾县交通运输局" in told or office.roads.name in told
    lead = lead_of(answered(office))
    paper = send(unit, lead)
    assert (paper.template.version, paper.is_template_unfit) == (1, False)
    answer = unit.get(f"/papers/{paper.pk}.docx")
    text = [one.text.strip() for one in Document(io.BytesIO(answer.content)).paragraphs]
    assert {"本函一式三份。", "A类", paper.number} <= set(text)
    event = Event.objects.get(kind="documents.unit_template_taken", subject_id=office.roads.pk)
    assert event.facts == {"what": "reply", "version": 1}
    unit.post(f"{page}leave/", {"version": "1"})
    assert Event.objects.filter(kind="documents.unit_template_left", subject_id=office.roads.pk).count() == 1


def test_a_template_of_replies_that_would_lose_the_class_is_refused(office, head, unit):
    refused = unit.post(f"/papers/templates/{head.pk}/reply/", {"file": sent(Document(io.BytesIO(template())))})
    assert refused.status_code == 422
    assert "没有“类别”这个占位词" in refused.content.decode()
    assert unit.get(f"/papers/templates/{head.pk}/transfer/").status_code == 404


def test_a_unit_notes_in_its_own_book_how_many_copies_it_printed(office, head, unit):
    paper = send(unit, lead_of(answered(office)))
    assert paper.number in unit.get("/papers/").content.decode()
    page = unit.get(f"/papers/{paper.pk}/")
    assert page.context["form"]["to"].value().startswith(f"{office.mandate.person.name}代表，")
    told = {"copies": 4, "to": "罗青禾代表", "runs": 0}
    assert unit.post(f"/papers/{paper.pk}/", told).status_code == 302
    assert "一共印了4份" in unit.get(f"/papers/{paper.pk}/").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(unit.get("/papers/book.xlsx").content)).active
    assert [sheet["A2"].value, sheet["E2"].value] == [paper.number, office.roads.name]


def test_no_other_unit_enters_its_book_or_sets_its_templates(office, head, unit):
    paper = send(unit, lead_of(answered(office)))
    strange = browser(somebody("unit_clerk", office.housing))
    assert paper.number not in strange.get("/papers/").content.decode()
    for address in (f"{paper.pk}/", f"{paper.pk}.docx", f"templates/{head.pk}/reply/"):
        assert strange.get(f"/papers/{address}").status_code == 404
    office_of_it = Unit.objects.create(name="公路管理股", kind="office", parent=office.roads)
    below = browser(somebody("unit_clerk", office_of_it))
    assert below.get(f"/papers/{paper.pk}/").status_code == 404


def test_a_unit_reads_the_book_of_its_offices_too(office, unit):
    below = Unit.objects.create(name="公路管理股", kind="office", parent=office.roads)
    own = Letterhead.lay_down(below, by=None, at=NOON, **HEAD | {"mark": "青交路函"})
    assert make_paper(own).number in unit.get("/papers/").content.decode()


def sent(document):
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile("我的模板.docx", out.getvalue())


def test_nobody_mends_what_was_approved(office, head, unit):
    lead = lead_of(answered(office))
    paper = send(unit, lead, words="我们什么也没有答应。")
    assert "什么也没有答应" not in str(paper.content)


def test_it_waits_until_the_reply_went_out(office, head, unit):
    _made, lead = handed(office)
    assert unit.get(reverse("suggestions:reply_letter", args=[lead.pk])).status_code == 409
    assert "出答复函" not in unit.get(reverse("suggestions:unit_suggestion", args=[lead.pk])).content.decode()


def test_it_can_be_issued_after_the_deputy_rated_it_and_pressed_twice_it_is_one(office, head, unit):
    made = answered(office)
    address = reverse("suggestions:reply_letter", args=[lead_of(made).pk])
    fields = unit.get(address).context["form"]
    told = {name: fields[name].value() for name in fields.fields}
    answering.rate(made, "yes", "yes", by=office.clerk.pk, at=NOON)
    for _time in range(2):
        assert unit.post(address, told).status_code == 302
    assert Paper.objects.count() == 1


def test_who_issues_a_second_letter_reads_the_number_of_the_first(office, head, unit):
    lead = lead_of(answered(office))
    address = reverse("suggestions:reply_letter", args=[lead.pk])
    assert "已经出过" not in unit.get(address).content.decode()
    paper = send(unit, lead)
    assert f"这份答复已经出过{paper.number}。" in unit.get(address).content.decode()


def test_before_its_first_letter_the_unit_says_how_it_heads_them_with_a_mark_of_its_own(office, unit):
    lay_down(office.congress)
    lead = lead_of(answered(office))
    page = reverse("suggestions:unit_letterhead", args=[lead.pk])
    assert unit.get(reverse("suggestions:reply_letter", args=[lead.pk]))["Location"] == page
    taken = unit.post(page, HEAD | {"mark": "青人办函"})
    assert taken.status_code == 422
    assert unit.post(page, HEAD)["Location"] == reverse("suggestions:reply_letter", args=[lead.pk])
    assert Event.objects.filter(kind="documents.unit_headed", subject_id=office.roads.pk).count() == 1


def test_others_do_not_read_it_and_it_stands_in_no_book_of_the_office(office, head, unit):
    made = answered(office)
    lead = lead_of(made)
    paper = send(unit, lead)
    strange = browser(somebody("unit_clerk", office.housing))
    assert strange.get(reverse("suggestions:unit_paper", args=[lead.pk, paper.pk, "docx"])).status_code == 404
    other = browser(deputy(make_mandate(office.congress, make_person("罗青禾"))))
    assert other.get(reverse("suggestions:deputy_paper", args=[made.pk, paper.pk, "docx"])).status_code == 404
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    desk = browser(office.clerk)
    assert paper.number not in desk.get(reverse("documents:book")).content.decode()
    assert desk.get(reverse("documents:paper", args=[paper.pk, "docx"])).status_code == 404
