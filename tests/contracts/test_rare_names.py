"""A rare name is itself in everything that leaves the platform: papers, sheets, workbooks, calendars, feeds. No sign of it is lost."""

import io
import re

import openpyxl
import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.stations.models import Shift, Station
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.core.clock import now
from lianxin.ground.documents import papers, printing
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.ground.documents.serving import serve_paper
from lianxin.ground.people.models import Person, Region, Unit
from lianxin.lib.papers.builtin import LOST
from tests.contracts.cast import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.documents]
RARE = "㛃𠮷"  # of extensions A and B of Unicode: the second takes two units of UTF-16
PAPERS = {  # by the page on which each is issued, and who issues it
    "opinions:transfer": "office_clerk",
    "opinions:transcript": "office_clerk",
    "suggestions:notice": "office_clerk",
    "suggestions:reply_letter": "unit_clerk",
    "opinions:record": "office_clerk",
    "opinions:meeting_record": "office_clerk",
}
SHEETS = ("publishing:poster", "publishing:card")
WORKBOOKS = {
    "opinions:inbox_workbook": "office_clerk",
    "opinions:register_workbook": "station_keeper",
    "suggestions:workbook": "office_clerk",
    "stations:rota_workbook": "office_clerk",
    "people:roster_export": "office_clerk",
    "documents:workbook": "unit_clerk",
}
CALENDARS = ("stations:calendar", "stations:station_calendar")
FEEDS = ("publishing:feed", "publishing:feed_of_station", "publishing:feed_of_deputy", "publishing:feed_of_case")


@pytest.fixture
def cast(settings, tmp_path, monkeypatch) -> Cast:
    """Everybody and everything, called by a rare name."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(printing, "PROGRAMS", ())
    made = make_cast()
    for model in (Person, Region, Station, Unit):
        model.objects.update(name=Concat(Value(RARE), "name"))
    Letterhead.objects.update(issuer=Concat(Value(RARE), "issuer"))
    Opinion.objects.update(title=Concat(Value(RARE), "title"), is_public=True)
    Suggestion.objects.update(title=Concat(Value(RARE), "title"))
    Shift.objects.with_station().get().close(by=None, at=now())
    return made


def address(cast: Cast, name: str) -> str:
    return reverse(name, kwargs=cast.things.get(name, {}))


def browser(cast: Cast, role: str = "anonymous") -> Client:
    client = Client()
    client.cookies.load(cast.cookies[role])
    return client


def issued(cast: Cast, name: str) -> Paper:
    """The paper as its page proposes it, written."""
    client, page = browser(cast, PAPERS[name]), address(cast, name)
    fields = client.get(page).context["form"]
    told = {field: fields[field].value() for field in fields.fields}
    assert client.post(page, told).status_code == 302
    paper = Paper.objects.get(pk=told["id"])
    papers.make.func(str(paper.pk))
    paper.refresh_from_db()
    return paper


def files_of(paper: Paper) -> tuple[str, str]:
    """What its DOCX and its PDF say."""
    docx, pdf = (io.BytesIO(serve_paper(paper, ending).content) for ending in ("docx", "pdf"))
    words = "".join(one.text or "" for one in Document(docx).element.body.iter(qn("w:t")))
    return words, "".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))


def test_papers_say_it_and_lose_no_sign(cast: Cast) -> None:
    for name in PAPERS:
        paper = issued(cast, name)
        docx, pdf = files_of(paper)
        assert RARE in docx, name
        assert RARE in re.sub(r"\s", "", pdf), name
        assert LOST not in pdf, name
        assert paper.missing_signs == [], name


def test_sheets_workbooks_calendars_and_feeds_say_it(cast: Cast) -> None:
    issued(cast, "suggestions:reply_letter")
    lacking = [name for name in SHEETS if RARE not in browser(cast).get(address(cast, name)).content.decode()]
    for name, role in WORKBOOKS.items():
        book = openpyxl.load_workbook(io.BytesIO(browser(cast, role).get(address(cast, name)).content))
        cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
        lacking += [] if any(RARE in cell for cell in cells) else [name]
    for name in CALENDARS:  # lines are folded at bytes, perhaps in the midst of a sign
        told = browser(cast).get(address(cast, name)).content.replace(b"\r\n ", b"").decode()
        lacking += [] if RARE in told else [name]
    for name in FEEDS:
        lacking += [] if RARE in browser(cast).get(address(cast, name)).content.decode() else [name]
    assert lacking == []
