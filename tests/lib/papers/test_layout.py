"""Papers as LibreOffice and the built-in layout show them, measured against GB/T 9704-2012. Millimetres."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from lianxin.lib.papers import Fonts, Form, Imprint, Paper, Part, write
from lianxin.lib.papers import pages as drawn
from tests.lib.papers.seen import Row, pages, printed, read, red_lines, rows

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
COPIES = Imprint("县政府办公室，桥边镇人大", "青禾县人大常委会办公室", date(2026, 3, 2))
BODY = (
    Part("近日，有群众反映土城村下水道堵了两个多月，污水漫到楼道口。现转给你单位，请按规定办理。"),
    Part("一、反映的内容", 1),
    Part("（一）经过", 2),
    Part("1. 今年九月以来，污水几次漫到一楼门口，住户自己请人疏通过三次。", 3),
)
LETTER = Paper(
    Form.LETTER,
    "青禾县人大常委会办公室",
    "青人办函〔2026〕12号",
    "关于转办土城村\n下水道堵塞问题的函",
    to="县住房和城乡建设局",
    body=BODY,
    signer="青禾县人大常委会办公室",
    day=date(2026, 11, 22),
    note="联系人：章谷雨，电话：0717-0000000",
    imprint=COPIES,
)
DOCUMENT = Paper(
    Form.DOCUMENT,
    "青禾县人民代表大会常务委员会",
    "青人常〔2026〕3号",
    "关于交办代表建议的通知",
    to="县人民政府",
    body=BODY,
    attachments=("代表建议交办清单", "承办单位名单"),
    signer="青禾县人民代表大会常务委员会",
    day=date(2026, 3, 2),
    imprint=COPIES,
    copy_number="000012",
    urgency="特急",
)
MANY = "、".join(f"青禾县第{number}中学" for number in range(1, 201))
PAPERS = {
    "letter": LETTER,
    "document": DOCUMENT,
    "full": replace(DOCUMENT, body=(Part("中" * 28 * 22 * 3),)),
    "full-letter": replace(LETTER, body=(Part("中" * 28 * 22 * 3),), mark="A类"),
    "long-head": replace(DOCUMENT, issuer="青禾县经济技术开发区人民代表大会工作委员会代表联络工作办"),
    "long-letter": replace(LETTER, body=BODY * 8),
    "rare": replace(LETTER, to="㛃𠮷镇", title="关于𠮷野㛃的函"),
    "reply": replace(LETTER, mark="A类", urgency="特急"),
    "plain": Paper(
        Form.PLAIN,
        "青禾县人大常委会办公室",
        "",
        "群众来信抄清",
        body=BODY,
        signer="青禾县人大常委会办公室",
        day=date(2026, 3, 2),
    ),
    "full-plain": Paper(Form.PLAIN, "青禾县人大常委会办公室", "", "接待记录", body=(Part("中" * 28 * 22 * 3),)),
    "overflowing": replace(LETTER, body=(Part("近日，有群众反映下水道堵了两个多月。" * 2),) * 6, imprint=Imprint()),
    "many": replace(DOCUMENT, to=MANY, body=BODY, imprint=replace(COPIES, copies_to=MANY)),
    "bare": Paper(Form.LETTER, "青禾县人大常委会办公室", "青人办函〔2026〕1号", "函"),
}


@pytest.fixture(scope="module", params=[pytest.param("libreoffice", marks=pytest.mark.documents), "built-in"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The PDF of each paper, without what the built-in layout writes into the margin."""
    folder = tmp_path_factory.mktemp("papers")
    if request.param == "built-in":
        for name, paper in PAPERS.items():
            (folder / f"{name}.pdf").write_bytes(drawn(paper, fonts=Fonts(), at=NOW, mark="").pdf)
        return {name: folder / f"{name}.pdf" for name in PAPERS}
    files = []
    for name, paper in PAPERS.items():
        files.append(folder / f"{name}.docx")
        with files[-1].open("wb") as file:
            write(paper, file)
    return dict(zip(PAPERS, printed(files, folder), strict=True))


def row_with(words: str, found: list[Row]) -> Row:
    (row,) = [row for row in found if words in read(row)]
    return row


def middle(row: Row) -> float:
    return (row[0].left + row[-1].right) / 2


@pytest.mark.parametrize("name", ["full", "full-letter", "full-plain"])
def test_a_full_page_of_each_form_has_22_lines_of_28_signs_in_the_type_area(made, name):
    *lines, number = rows(made[name], 1)
    assert [read(row) for row in lines] == ["中" * 28] * 22
    assert read(number) == "—2—"
    for row in lines:
        assert row[0].left == pytest.approx(28, abs=0.5)
        assert row[-1].right == pytest.approx(28 + 156, abs=1)
    assert lines[0][0].top >= 37
    assert lines[-1][0].bottom <= 37 + 225
    step = (lines[-1][0].bottom - lines[0][0].bottom) / 21
    assert step == pytest.approx(225 / 22, abs=0.05)


@pytest.mark.parametrize("name", ["letter", "document", "reply", "plain", "full", "full-letter", "full-plain"])
def test_the_text_of_a_first_page_stands_on_lines_of_the_type_area(made, name):
    lines = [row for row in rows(made[name], 0) if read(row) != "—1—"]
    body = [row for row in lines if len(row) > 20 or read(row).startswith(("1.", "一、", "（一）"))]
    assert body
    assert min(row[0].left for row in lines[1:]) == pytest.approx(28, abs=0.6)
    assert max(row[-1].right for row in body) <= 28 + 156 + 16 / 72 * 25.4 + 0.5  # a comma at the end may hang out
    assert max(row[0].bottom for row in lines) <= 37 + 225
    for one, other in pairwise(body):
        step = (other[0].bottom - one[0].bottom) / (225 / 22)
        assert step == pytest.approx(max(round(step), 1), abs=0.1)  # feet differ by font


def test_page_numbers_stand_outside_7_below_the_type_area(made):
    odd, even = rows(made["full"], 0)[-1], rows(made["full"], 1)[-1]
    assert (read(odd), read(even)) == ("—1—", "—2—")
    assert odd[0].top - (37 + 225) == pytest.approx(7, abs=1.5)
    one_sign = 14 / 72 * 25.4
    assert odd[-1].right == pytest.approx(28 + 156 - one_sign, abs=1)
    assert even[0].left == pytest.approx(28 + one_sign, abs=1)


def test_the_head_of_a_document_is_35_below_the_upper_edge_of_the_type_area_in_one_line(made):
    for name in ("document", "long-head"):
        head = row_with("文件", rows(made[name], 0))
        assert head[0].top - 37 == pytest.approx(35, abs=3)
        assert head[0].left >= 27.5
        assert head[-1].right <= 28 + 156.5
        assert middle(head) == pytest.approx(28 + 78, abs=1)


def test_a_document_has_its_marks_at_the_left_its_number_in_the_middle_and_its_title_below(made):
    found = rows(made["document"], 0)
    first = found[0]
    assert read(first) == "000012"
    assert first[0].left == pytest.approx(28, abs=0.5)
    number, title = row_with("〔2026〕", found), row_with("关于交办", found)
    assert middle(number) == pytest.approx(106, abs=1)
    assert middle(title) == pytest.approx(106, abs=1)
    assert title[0].bottom - title[0].top > number[0].bottom - number[0].top
    assert title[0].top - number[0].bottom > 2 * 225 / 22


def test_the_head_of_a_letter_is_30_below_the_edge_and_its_number_at_the_right(made):
    found = rows(made["letter"], 0)
    assert read(found[0]) == LETTER.issuer
    assert found[0][0].top == pytest.approx(30, abs=3)
    number = row_with("〔2026〕12号", found)
    assert number[-1].right == pytest.approx(28 + 156, abs=1)


def test_a_letter_stands_between_double_lines_170_long_thick_without_and_thin_within(made):
    *_head, above_thick, above_thin, below_thin, below_thick = red_lines(made["letter"], 0, at=22)
    assert above_thick[1] > 2 * above_thin[1]
    assert below_thick[1] > 2 * below_thin[1]
    assert above_thick[0] < above_thin[0] < 60
    assert below_thin[0] == pytest.approx(297 - 20, abs=1.5)
    for outside in (19, 210 - 19):
        assert red_lines(made["letter"], 0, at=outside) == []
    assert red_lines(made["letter"], 0, at=210 - 21)[-1] == pytest.approx(below_thick, abs=0.1)


def test_a_document_has_one_red_line_as_long_as_the_type_area(made):
    number = row_with("〔2026〕", rows(made["document"], 0))
    *_head, (top, height) = red_lines(made["document"], 0, at=28.5)
    assert top - number[0].bottom == pytest.approx(4, abs=1.5)
    assert red_lines(made["document"], 0, at=28 + 155.5)[-1] == pytest.approx((top, height), abs=0.1)
    assert red_lines(made["document"], 0, at=27) == []


def test_a_plain_sheet_begins_with_its_title_without_head_number_or_red(made):
    found = rows(made["plain"], 0)
    assert read(found[0]) == "群众来信抄清"
    assert middle(found[0]) == pytest.approx(106, abs=1)
    assert found[0][0].top == pytest.approx(37, abs=4)
    assert red_lines(made["plain"], 0, at=106) == []
    assert read(found[-1]) == "—1—"


def test_the_class_of_a_reply_stands_at_the_upper_right(made):
    found = rows(made["reply"], 0)
    mark = row_with("A类", found)
    assert read(mark) == "A类"
    assert mark[-1].right == pytest.approx(28 + 156, abs=1)
    assert mark[0].top < row_with("关于转办", found)[0].top
    assert read(found[1]) == "特急青人办函〔2026〕12号"


def test_the_first_page_of_a_letter_bears_no_number_and_the_second_does(made):
    assert pages(made["long-letter"]) >= 2
    assert "—1—" not in [read(row) for row in rows(made["long-letter"], 0)]
    assert "—2—" in [read(row) for row in rows(made["long-letter"], 1)]


def test_paragraphs_begin_two_signs_in_and_go_on_at_the_edge(made):
    found = rows(made["letter"], 0)
    assert row_with("近日", found)[0].left == pytest.approx(28 + 2 * 16 / 72 * 25.4, abs=1)
    assert found[found.index(row_with("近日", found)) + 1][0].left == pytest.approx(28, abs=0.5)
    assert row_with("县住房和城乡建设局：", found)[0].left == pytest.approx(28, abs=0.5)


def test_who_signs_stands_above_the_middle_of_the_day(made):
    for name, day in (("letter", "2026年11月22日"), ("document", "2026年3月2日")):
        found = [row for page in range(pages(made[name])) for row in rows(made[name], page)]
        dated = next(row for row in found if read(row) == day)
        signed = found[found.index(dated) - 1]
        assert read(signed) == PAPERS[name].signer
        assert middle(signed) == pytest.approx(middle(dated), abs=1)
        assert signed[-1].right <= 28 + 156.5


def test_who_signs_the_day_and_the_note_stand_on_a_page_with_text(made):
    *_lines, last = [read(row) for row in rows(made["overflowing"], 0)]
    first, *rest = [read(row) for row in rows(made["overflowing"], 1)]
    assert "下水道" in last
    assert first.startswith("近日")
    assert [line for line in rest if "青禾县人大" in line or "11月22日" in line or "联系人" in line] == rest[-4:-1]


def test_the_imprint_ends_with_the_type_area_of_the_last_page(made):
    *_above, copies, printed_by, number = rows(made["document"], pages(made["document"]) - 1)
    assert read(copies) == "抄送：县政府办公室，桥边镇人大。"
    assert read(printed_by) == "青禾县人大常委会办公室2026年3月2日印发"
    assert printed_by[0].bottom == pytest.approx(37 + 225, abs=2)
    assert printed_by[-1].right == pytest.approx(28 + 156 - 14 / 72 * 25.4, abs=1)
    assert read(number).strip("—").isdigit()


def test_a_letter_tells_who_gets_copies_and_not_who_printed_it(made):
    found = [read(row) for page in range(pages(made["letter"])) for row in rows(made["letter"], page)]
    assert "抄送：县政府办公室，桥边镇人大。" in found
    assert not any("印发" in line for line in found)


def test_attachments_are_numbered_where_there_are_several(made):
    found = [read(row) for page in range(pages(made["document"])) for row in rows(made["document"], page)]
    assert "附件：1.代表建议交办清单" in found
    assert "2.承办单位名单" in found


def test_two_hundred_addressees_are_all_told_within_the_type_area(made):
    found = [rows(made["many"], page) for page in range(pages(made["many"]))]
    lines = [row for page in found for row in page if not read(row).startswith("—")]
    text = "".join(map(read, lines))
    assert MANY + "：" in text
    for row in lines:
        assert row[0].top >= 36.5
        assert row[-1].right <= 28 + 159  # a comma may hang out


def test_rare_signs_come_out(made):
    found = [read(row) for row in rows(made["rare"], 0)]
    assert "关于𠮷野㛃的函" in found
    assert "㛃𠮷镇：" in found


def test_what_is_empty_leaves_no_trace(made):
    assert [read(row) for row in rows(made["bare"], 0)] == ["青禾县人大常委会办公室", "青人办函〔2026〕1号", "函"]
    assert pages(made["bare"]) == 1


def test_a_paper_carries_nothing_along_that_is_not_its_own(tmp_path):
    file = tmp_path / "paper.docx"
    with file.open("wb") as out:
        write(LETTER, out)
    with zipfile.ZipFile(file) as parts:
        names, styles = parts.namelist(), parts.read("word/styles.xml").decode()
    assert not any("thumbnail" in name or "Effects" in name for name in names)
    assert styles.count('w:type="table"') == 1


def test_every_run_names_its_font_for_chinese_of_the_mainland(tmp_path):
    file = tmp_path / "paper.docx"
    fonts = Fonts(title="小标宋", body="仿宋", first="黑体", second="楷体", page="宋体")
    with file.open("wb") as out:
        write(LETTER, out, fonts=fonts)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(file) as parts:
        told, styles = (fromstring(parts.read(f"word/{name}.xml")) for name in ("document", "styles"))
    assert {one.get(f"{w}eastAsia") for one in styles.iter(f"{w}lang")} == {"zh-CN"}
    runs = {
        "".join(text.text or "" for text in run.iter(f"{w}t")): run.find(f"{w}rPr/{w}rFonts").get(f"{w}eastAsia")
        for run in told.iter(f"{w}r")
    }
    assert runs["一、反映的内容"] == "黑体"
    assert runs["（一）经过"] == "楷体"
    assert runs["关于转办土城村"] == "小标宋"
    assert runs["县住房和城乡建设局："] == "仿宋"
