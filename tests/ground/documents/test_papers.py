"""Papers: numbered without gaps or doubles, written in the background, erased with the words that they are about."""

import io
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from docx import Document
from pydantic import ValidationError
from pypdfium2 import PdfDocument

from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import Event
from lianxin.ground.documents import faces, papers, printing
from lianxin.ground.documents.errors import MarkTaken, PaperErased
from lianxin.ground.documents.models import File, Letterhead, Paper
from lianxin.ground.documents.serving import serve_paper
from lianxin.lib import papers as layout
from tests.ground.documents.builders import PDF, lay_down, make_owner, make_paper
from tests.ground.people.builders import make_congress, make_county

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("printer")]
WORDS = "㛃溪村的𠮷师傅说，桥头的灯不亮。"


@pytest.fixture
def body(platform):
    return make_congress(make_county())


@pytest.fixture
def head(body):
    return lay_down(body, "青人办函")


@pytest.fixture(autouse=True)
def printer(monkeypatch):
    """LibreOffice is tried by test_printing; here it answers at once."""
    monkeypatch.setattr(printing, "as_pdfs", lambda docxs: [PDF for _docx in docxs])
    monkeypatch.setattr(faces, "missing", lambda: ["方正小标宋简体"])


def made(head, about=None):
    paper = make_paper(head, about, words=WORDS)
    papers.make.func(str(paper.pk))
    paper.refresh_from_db()
    return paper


def failing(failure):
    def fail(*_given, **_more):
        raise failure

    return fail


def text_of(docx):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs)


def test_numbers_follow_one_another_by_mark_and_year(head, travel):
    travel(datetime(2026, 12, 30, 4, tzinfo=UTC))
    other = lay_down(make_congress(make_county("远山县")), "远人办函")
    numbers = [make_paper(one).number for one in (head, head, other, head)]
    assert numbers == ["青人办函〔2026〕1号", "青人办函〔2026〕2号", "远人办函〔2026〕1号", "青人办函〔2026〕3号"]
    assert make_paper(head, at=now() + timedelta(days=3)).number == "青人办函〔2027〕1号"


def test_what_is_undone_leaves_no_gap(head):
    with transaction.atomic():
        make_paper(head)
        transaction.set_rollback(True)
    assert make_paper(head).number.endswith("〕1号")
    assert Paper.objects.count() == 1


def test_a_paper_is_written_once_with_its_fingerprint(head):
    paper = made(head)
    docx, pdf = File.objects.of(paper.own)
    assert sha256(docx.content()).hexdigest() == paper.fingerprint
    assert pdf.content() == PDF
    assert paper.missing_fonts == ["方正小标宋简体"]
    papers.make.func(str(paper.pk))
    assert File.objects.of(paper.own).count() == 2


def test_it_says_what_it_was_given_in_rare_signs_too(head):
    paper = made(head)
    assert WORDS in text_of(serve_paper(paper, "docx").content)


def test_it_is_saved_under_its_number(head):
    told = serve_paper(made(head), "pdf")["Content-Disposition"]
    assert "%E5%8F%B7.pdf" in told  # 号.pdf
    assert 'filename="paper-2.pdf"' in told


def test_its_content_lies_sealed(head, lying):
    made(head)
    assert lying()
    assert not any(path.read_bytes().startswith((b"PK", b"%PDF")) for path in lying())


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (failing(printing.NoOffice), "absent"),
        (lambda docxs: [printing.NotPrinted("broken") for _docx in docxs], "failed"),
    ],
)
def test_where_libreoffice_prints_nothing_the_built_in_layout_does_and_says_so(head, monkeypatch, answer, told):
    monkeypatch.setattr(printing, "as_pdfs", answer)
    paper = made(head)
    assert (paper.trouble, paper.has_pdf, paper.missing_signs) == (told, True, [])
    text = PdfDocument(serve_paper(paper, "pdf").content)[0].get_textpage().get_text_bounded()
    assert "内置版式" in text
    assert "㛃溪村的𠮷师傅" in text


def test_where_neither_prints_there_is_the_docx_and_the_reason(head, monkeypatch):
    monkeypatch.setattr(printing, "as_pdfs", failing(printing.NoOffice()))
    monkeypatch.setattr(layout, "pages", failing(layout.NotDrawn("broken", "")))
    paper = made(head)
    assert (paper.trouble, paper.has_pdf) == ("none", False)
    assert [file.media_type[-8:] for file in File.objects.of(paper.own)] == ["document"]


def test_a_sign_that_no_font_has_is_remembered_whoever_prints(head):
    paper = make_paper(head, words="\U0010fffd镇的灯不亮。")
    papers.make.func(str(paper.pk))
    paper.refresh_from_db()
    assert paper.trouble == ""
    assert paper.signs_told == "\U0010fffd（U+10FFFD）"
    papers.erase(Ref(paper.about_kind, paper.about_id), at=now())
    paper.refresh_from_db()
    assert paper.missing_signs == []


def test_what_is_about_erased_words_says_nothing_any_more(head, lying, django_capture_on_commit_callbacks):
    about = make_owner()
    paper, other = made(head, about), made(head)
    with django_capture_on_commit_callbacks(execute=True):
        papers.erase(about, at=now())
    paper.refresh_from_db()
    assert (paper.content, paper.title, paper.to, paper.number[-3:]) == (None, "", "", "〕1号")
    assert not File.objects.of(paper.own).exists()
    assert len(lying()) == 2  # the other's
    with pytest.raises(PaperErased):
        serve_paper(paper, "docx")
    assert serve_paper(other, "docx").status_code == 200


def test_what_was_erased_before_it_was_written_stays_unwritten(head, lying):
    about = make_owner()
    paper = make_paper(head, about)
    papers.erase(about, at=now())
    papers.make.func(str(paper.pk))
    assert lying() == []


def test_what_is_erased_while_it_is_being_written_leaves_nothing(head, lying, monkeypatch):
    about = make_owner()
    paper = make_paper(head, about)

    def erased_meanwhile(docxs):
        papers.erase(about, at=now())
        return [PDF for _docx in docxs]

    monkeypatch.setattr(printing, "as_pdfs", erased_meanwhile)
    papers.make.func(str(paper.pk))
    assert lying() == []
    assert not File.objects.of(paper.own).exists()


def test_two_bodies_never_share_a_mark(head):
    with pytest.raises(MarkTaken, match="文号会混"):
        lay_down(make_congress(make_county("远山县")), head.mark)


def test_a_mark_under_which_another_body_issued_papers_stays_theirs(head, body):
    make_paper(head)
    lay_down(body, "青人常函")
    with pytest.raises(MarkTaken):
        lay_down(make_congress(make_county("远山县")), "青人办函")
    assert lay_down(body, "青人办函").mark == "青人办函"


def test_what_was_not_written_is_asked_for_again(head, travel, django_capture_on_commit_callbacks):
    lost, fresh = make_paper(head), make_paper(head, at=now() + timedelta(minutes=9))
    DBTaskResult.objects.all().delete()  # a worker was killed
    travel(now() + timedelta(minutes=11))
    assert papers.make_again(now()) == "1"
    [asked] = DBTaskResult.objects.all()
    assert asked.args_kwargs["args"] == [str(lost.pk)]
    assert fresh.pk != lost.pk


def test_a_letterhead_is_said_once(head, body):
    lay_down(body, head.mark)
    assert Event.objects.filter(kind="documents.headed", subject_id=body.pk).count() == 1
    lay_down(body, head.mark, contact="")
    assert Event.objects.filter(kind="documents.headed", subject_id=body.pk).count() == 2
    assert Letterhead.objects.get().contact == ""


@pytest.fixture
def starts(monkeypatch):
    """How many papers each start of LibreOffice printed, which is there."""
    printed = []

    def print_all(docxs):
        printed.append(len(docxs))
        return [PDF for _docx in docxs]

    monkeypatch.setattr(printing, "PROGRAMS", ("sh",))
    monkeypatch.setattr(printing, "as_pdfs", print_all)
    return printed


def make_all(issued):
    """As the worker does: what was asked for, one after another."""
    for paper in issued:
        papers.make.func(str(paper.pk))
    return list(Paper.objects.filter(made_at=None).values_list("pk", flat=True))


def test_what_waits_is_printed_with_it_and_no_more_than_so_many_in_one_start(head, starts):
    issued = [make_paper(head) for _paper in range(30)]
    assert make_all(issued) == []
    assert starts == [20, 10]
    assert all(File.objects.of(paper.own).count() == 2 for paper in issued)


def test_a_paper_waits_for_none_that_comes_later(head, starts):
    for _paper in range(3):
        make_all([make_paper(head)])
    assert starts == [1, 1, 1]


def test_where_nothing_is_started_each_is_written_by_itself(head, starts, monkeypatch):
    monkeypatch.setattr(printing, "PROGRAMS", ())
    first, second = make_paper(head), make_paper(head)
    papers.make.func(str(first.pk))
    assert list(Paper.objects.filter(made_at=None)) == [second]


def test_one_that_cannot_be_written_fails_alone(head, starts):
    first, bad, last = (make_paper(head) for _paper in range(3))
    Paper.objects.filter(pk=bad.pk).update(content={"form": "poem"})
    papers.make.func(str(first.pk))
    assert list(Paper.objects.filter(made_at=None)) == [bad]
    with pytest.raises(ValidationError):
        papers.make.func(str(bad.pk))
    assert Paper.objects.get(pk=last.pk).made_at


def test_one_that_libreoffice_cannot_print_has_the_built_in_layout_alone(head, starts, monkeypatch):
    first, bad = make_paper(head), make_paper(head)
    monkeypatch.setattr(printing, "as_pdfs", lambda docxs: [PDF, printing.NotPrinted("broken")])
    papers.make.func(str(first.pk))
    assert [Paper.objects.get(pk=one.pk).trouble for one in (first, bad)] == ["", "failed"]


def test_what_another_worker_has_begun_is_left_to_it_until_its_own_turn(head, starts, travel):
    first, begun, late = (make_paper(head) for _paper in range(3))
    Paper.objects.filter(pk=begun.pk).update(begun_at=now())
    papers.make.func(str(first.pk))
    assert list(Paper.objects.filter(made_at=None)) == [begun]
    assert Paper.objects.get(pk=late.pk).made_at
    papers.make.func(str(begun.pk))  # that worker was killed
    assert starts == [2, 1]
    assert not Paper.objects.filter(made_at=None).exists()


def test_two_workers_that_print_the_same_keep_it_once(head, starts, lying, monkeypatch):
    first, second = make_paper(head), make_paper(head)

    def meanwhile(docxs):
        monkeypatch.setattr(printing, "as_pdfs", lambda docxs: [PDF for _docx in docxs])
        make_all([second, first])
        return [PDF for _docx in docxs]

    monkeypatch.setattr(printing, "as_pdfs", meanwhile)
    assert make_all([first]) == []
    assert [File.objects.of(paper.own).count() for paper in (first, second)] == [2, 2]
    assert len(lying()) == 4
