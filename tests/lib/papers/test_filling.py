"""Templates that an office edited: looked through for mistakes, and filled with what a paper says."""

from dataclasses import replace
from io import BytesIO
from time import monotonic

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from lianxin.lib.papers import Fonts, Form, Imprint, Mistake, Paper, Part, blank, fill, mistakes, write
from tests.lib.papers.test_layout import DOCUMENT, LETTER

FULL = replace(LETTER, attachments=("清单", "名单"), imprint=Imprint("县政府办公室"))
NEEDED = ("{{文号}}", "{{标题}}", "{{主送}}：", "{{正文}}", "{{落款}}", "{{日期}}")


def template(*lines):
    document = Document()
    for line in (*NEEDED, *lines):
        document.add_paragraph(line)
    return saved(document)


def saved(document):
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def filled(content, paper=LETTER):
    return Document(BytesIO(fill(content, paper, fonts=Fonts())))


def said(document):
    return [paragraph.text for paragraph in document.paragraphs]


def every(document):
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.iter(qn("w:p"))]


@pytest.mark.parametrize("paper", [FULL, LETTER, DOCUMENT], ids=["letter", "without attachments", "document"])
def test_the_built_in_template_filled_says_what_the_built_in_layout_says(paper):
    drawn = BytesIO()
    paper = replace(paper, copy_number="", urgency="", imprint=Imprint(paper.imprint.copies_to))
    write(paper, drawn, fonts=Fonts())
    content = blank(paper, fonts=Fonts())
    assert mistakes(content, LETTER) == []
    assert every(filled(content, paper)) == every(Document(drawn))


def test_what_such_papers_never_say_no_template_needs():
    plain = Paper(Form.PLAIN, LETTER.issuer, "", "记录", body=LETTER.body, signer=LETTER.signer, day=LETTER.day)
    content = blank(plain, fonts=Fonts())
    assert mistakes(content, plain) == []
    assert [one.name for one in mistakes(content, LETTER)] == ["文号", "主送"]


def test_a_placeholder_that_word_cut_into_pieces_is_one():
    document = Document()
    paragraph = document.add_paragraph("发往")
    for piece in ("{", "{主", "送", "}", "}等单位，{{文", "号}}。"):
        paragraph.add_run(piece).bold = piece == "{"
    for line in NEEDED[1:2] + NEEDED[3:]:
        document.add_paragraph(line)
    content = saved(document)
    assert mistakes(content, LETTER) == []
    line = filled(content).paragraphs[0]
    assert line.text == f"发往{LETTER.to}等单位，{LETTER.number}。"
    assert [run.text for run in line.runs if run.bold] == [LETTER.to]


def test_full_width_braces_and_blanks_are_the_same():
    assert mistakes(template("｛｛ 附注 ｝｝"), LETTER) == []
    assert said(filled(template("｛｛ 附注 ｝｝")))[-1] == LETTER.note


def test_a_paragraph_whose_placeholders_are_empty_is_left_out_and_its_row_with_it():
    document = Document(BytesIO(template("（{{附注}}）", "附注{{抄送}}和{{附注}}")))
    table = document.add_table(1, 1)
    table.cell(0, 0).paragraphs[0].text = "抄送：{{抄送}}。"
    bare = replace(LETTER, note="", imprint=Imprint())
    out = filled(saved(document), bare)
    assert not any("附注" in line or "（）" in line for line in said(out))
    assert out.tables == []
    assert filled(saved(document)).tables[0].cell(0, 0).text == "抄送：县政府办公室，桥边镇人大。"


def test_the_body_has_a_paragraph_each_in_the_look_of_its_placeholder():
    document = Document()
    for line in NEEDED:
        document.add_paragraph(line)
    document.paragraphs[3].runs[0].italic = True
    out = filled(saved(document), replace(LETTER, body=(Part("一、经过", 1), Part("甲\n乙"))))
    lines = {paragraph.text: paragraph.runs[0] for paragraph in out.paragraphs if paragraph.runs}
    assert lines["甲"].italic
    assert lines["乙"].italic
    assert lines["一、经过"]._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"


@pytest.mark.parametrize(("last", "kept"), [("到期请答复。", [False, False, True]), ("长" * 113, [False] * 3)])
def test_of_the_body_its_short_end_alone_stays_with_who_signs(last, kept):
    paper = replace(LETTER, body=(Part("甲"), Part("乙"), Part(last)))
    document = filled(blank(paper, fonts=Fonts()), paper)
    body = [one for one in document.paragraphs if one.text in ("甲", "乙", last)]
    assert [bool(one.paragraph_format.keep_with_next) for one in body] == kept


def test_who_edited_the_template_is_no_part_of_the_paper():
    document = Document(BytesIO(template()))
    document.core_properties.last_modified_by = document.core_properties.author = "章谷雨"
    told = filled(saved(document)).core_properties
    assert (told.author, told.last_modified_by) == (LETTER.issuer, LETTER.issuer)


def test_heads_feet_and_boxes_are_filled_too():
    document = Document(BytesIO(template()))
    document.sections[0].header.paragraphs[0].text = "{{发文机关}}"
    out = filled(saved(document))
    assert out.sections[0].header.paragraphs[0].text == LETTER.issuer


@pytest.mark.parametrize(
    ("line", "mistake", "name", "nearest"),
    [
        ("{{附柱}}", Mistake.UNKNOWN, "附柱", "附注"),
        ("{{发文机构}}", Mistake.UNKNOWN, "发文机构", "发文机关"),
        ("{{xyz}}", Mistake.UNKNOWN, "xyz", ""),
        ("{{}}", Mistake.UNKNOWN, "", ""),
        ("{{附注", Mistake.OPEN, "", ""),
        ("附注}}", Mistake.OPEN, "", ""),
        ("{{ {{附注}} }}", Mistake.OPEN, "", ""),
        ("见：{{附件}}", Mistake.BESIDE, "附件", ""),
        ("{{正文}}", Mistake.TWICE, "正文", ""),
        ("{{''.__class__.__mro__}}", Mistake.UNKNOWN, "''.__class__.__mro__", ""),
        ("{{附注|upper}}", Mistake.UNKNOWN, "附注|upper", "附注"),
        ("{{附注}}" * 201, Mistake.MANY, "", ""),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_nearest_right_one(line, mistake, name, nearest):
    [found] = mistakes(template(line), LETTER)
    assert (found.mistake, found.name, found.nearest) == (mistake, name, nearest)
    assert found.where in line
    assert bool(found.where) == (mistake in (Mistake.UNKNOWN, Mistake.OPEN, Mistake.BESIDE))


def test_what_every_paper_says_must_have_its_place():
    document = Document()
    document.add_paragraph("{{文号}}")
    found = mistakes(saved(document), LETTER)
    assert [(one.mistake, one.name) for one in found] == [
        (Mistake.LACKING, name) for name in ("标题", "主送", "正文", "落款", "日期")
    ]


def test_what_a_paper_says_is_not_looked_through_for_placeholders():
    sly = replace(LETTER, to="{{正文}}", note="{{ 7*7 }}", body=(Part("{{文号}}{% raw %}"),))
    told = said(filled(template("{{附注}}"), sly))
    assert "{{正文}}：" in told
    assert "{{文号}}{% raw %}" in told
    assert told[-1] == "{{ 7*7 }}"


BOX = """<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>{content}
</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}


def boxed(paragraph, words):
    """A text box as Word writes it, twice: for programs that draw shapes, and for those that do not."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
    paragraph._p.append(parse_xml(BOX.format(spaces=spaces, content=content)))


def with_box(words, *, at, without=()):
    document = Document()
    for line in ("", *NEEDED):
        if line not in without:
            document.add_paragraph(line)
    boxed(next(one for one in document.paragraphs if one.text == at), words)
    return saved(document)


def test_a_box_that_word_wrote_twice_counts_once_and_is_filled_in_both():
    content = with_box("{{标题}}", at="", without=["{{标题}}"])
    assert mistakes(content, LETTER) == []
    out = filled(content)
    for line in LETTER.title.split("\n"):
        assert every(out).count(line) == 2
    assert not any("{{" in line for line in every(out))


@pytest.mark.parametrize("name", ["正文", "标题"])
def test_a_box_anchored_where_paragraphs_are_repeated_is_refused(name):
    found = mistakes(with_box("{{文号}}", at=f"{{{{{name}}}}}"), LETTER)
    assert [(one.mistake, one.name) for one in found] == [(Mistake.BESIDE, name)]


def test_what_stands_only_where_nobody_looks_is_looked_at_too():
    content = with_box("{{附柱}}", at="")
    assert [(one.mistake, one.name) for one in mistakes(content, LETTER)] == [(Mistake.UNKNOWN, "附柱")]


def test_braces_before_very_many_spaces_take_no_time():
    began = monotonic()
    assert [one.mistake for one in mistakes(template("{{" + " " * 100_000), LETTER)] == [Mistake.OPEN]
    assert monotonic() - began < 2
