"""A template is looked into before it is taken: what could run, fetch or hide is refused, and said in words."""

import io
import subprocess
import zipfile

import pytest
from docx import Document

from lianxin.ground.core.uploads import UploadRefused
from lianxin.ground.documents.errors import TemplateRefused
from lianxin.ground.documents.vetting import vet
from lianxin.lib import papers as layout
from lianxin.lib.papers import Fonts
from tests.lib.papers.test_filling import template
from tests.lib.papers.test_layout import LETTER

BUILT_IN = layout.blank(LETTER, fonts=Fonts())
RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def vetted(content):
    return vet(io.BytesIO(content), LETTER)


def with_part(name, content, base=BUILT_IN):
    """The same with one more part, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def part_of(name, base=BUILT_IN):
    with zipfile.ZipFile(io.BytesIO(base)) as packed:
        return packed.read(name).decode()


def with_relation(kind, target, mode=""):
    told = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return with_part(RELS, part_of(RELS).replace("</Relationships>", told))


def with_words(xml):
    """Something more in the text."""
    return with_part("word/document.xml", part_of("word/document.xml").replace("<w:body>", f"<w:body>{xml}"))


def field(*instructions):
    told = "".join(f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in instructions)
    marks = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return with_words(f"<w:p>{marks.format('begin')}{told}{marks.format('end')}</w:p>")


def with_package_relation(kind):
    told = f'<Relationship Id="rId99" Type="{kind}" Target="word/x.xml"/></Relationships>'
    return with_part("_rels/.rels", part_of("_rels/.rels").replace("</Relationships>", told))


def with_settings(xml):
    return with_part("word/settings.xml", part_of("word/settings.xml").replace("</w:settings>", f"{xml}</w:settings>"))


def vml(xml):
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return with_words(f"<w:p><w:r><w:pict {spaces}>{xml}</w:pict></w:r></w:p>")


ADD_INS = "http://schemas.microsoft.com/office/2011/relationships"
EXTERNAL = ' TargetMode="External"'
MACRO_TYPE = part_of("[Content_Types].xml").replace("document.main+xml", "document.macroEnabled.main+xml")
HIDDEN = part_of("[Content_Types].xml").replace(
    "</Types>", '<Override PartName="/word/media/x.png" ContentType="application/xml"/></Types>'
)
ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>'


def test_the_built_in_template_passes_as_it_is():
    assert vetted(BUILT_IN) == BUILT_IN
    assert vetted(template("第{{附注}}条"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_part("word/vbaProject.bin", b"\xd0\xcf"), "有宏"),
        (with_part("[Content_Types].xml", MACRO_TYPE), "有宏"),
        (with_relation("vbaProject", "x.xml"), "有宏"),
        (with_relation("attachedTemplate", "file:///evil.dotm", EXTERNAL), "挂着另一个模板"),
        (with_relation("oleObject", "embeddings/x.xml"), "嵌了别的文件"),
        (with_relation("aFChunk", "x.xml"), "嵌了别的文件"),
        (with_relation("control", "activeX/x.xml"), "嵌了别的文件"),
        (with_relation("image", "https://evil.example/p.png", EXTERNAL), "https://evil.example/p.png"),
        (with_relation("hyperlink", "https://evil.example/", EXTERNAL), "指向外面的链接"),
        (with_relation("mailMergeSource", "file:///people.xlsx", EXTERNAL), "嵌了别的文件"),
        (with_relation("subDocument", "x.xml"), "嵌了别的文件"),
        (with_package_relation(f"{ADD_INS}/webextensiontaskpanes"), "嵌了别的文件"),
        (with_package_relation(f"{ADD_INS}/webextension"), "嵌了别的文件"),
        (with_settings('<w:mailMerge><w:connectString w:val="Provider=x"/></w:mailMerge>'), "邮件合并"),
        (vml('<v:imagedata src="http://evil.example/p.png"/>'), "http://evil.example/p.png"),
        (vml('<v:imagedata o:href="HTTPS://evil.example/p.png"/>'), "HTTPS://evil.example/p.png"),
        (vml('<v:rect href="file:///c:/x"/>'), "file:///c:/x"),
        (vml('<v:imagedata src="\\\\evil\\p.png"/>'), "evil"),
        (with_part("word/embeddings/x.exe", b"MZ"), "嵌了别的文件"),
        (with_words("<w:p><w:r><w:object/></w:r></w:p>"), "嵌了别的文件"),
        (field("DDEAUTO c:\\\\windows\\\\cmd.exe"), "域“DDEAUTO”"),
        (field("  INCLUDE", "PICTURE  http://evil.example/x"), "域“INCLUDEPICTURE”"),
        (field("QUOTE 68 68 69"), "域“QUOTE”"),
        (with_words('<w:p><w:fldSimple w:instr=" date "/></w:p>'), "域“DATE”"),
        (with_words('<w:p><w:ins w:id="1" w:author="甲"><w:r><w:t>改</w:t></w:r></w:ins></w:p>'), "修订或批注"),
        (template("{{附柱}}"), "“{{附柱}}”这一段里，没有叫“附柱”的占位词。是不是“附注”？"),
        (template("{{甲乙丙丁}}"), "能用的有：发文机关、文号"),
        (template("{{附注"), "大括号没有成对"),
        (template("见{{附件}}"), "自己占一段"),
    ],
)
def test_what_is_refused_is_said_with_what_to_do(content, said):
    with pytest.raises(TemplateRefused) as refused:
        vetted(content)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"{{\xe6\xa0\x87}} text", "纯文本"),
        (b"PK\x03\x04 cut", "看不出这是什么文件"),
        (BUILT_IN[:-200], "看不出这是什么文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (b"%PDF-1.7", "PDF"),
        (bytes(5 * 1024 * 1024 + 1), "最多只能5兆"),
        (with_part("word/media/x.png", bytes(21 * 1024 * 1024)), "大得不正常"),
        (with_part("word/theme/theme1.xml", ENTITIES), "坏了"),
        (with_part("word/document.xml", "<w:document"), "坏了"),
        (with_part("[Content_Types].xml", HIDDEN), "坏了"),
        (with_words('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'), "坏了"),
    ],
)
def test_what_cannot_be_opened_is_said_too(content, said):
    with pytest.raises(UploadRefused) as refused:
        vetted(content)
    assert said in str(refused.value)


def test_a_part_that_is_there_twice_hides_nothing():
    out = io.BytesIO(BUILT_IN)
    with zipfile.ZipFile(out, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("word/document.xml", part_of("word/document.xml"))
    with pytest.raises(UploadRefused, match="坏了"):
        vetted(out.getvalue())


def test_page_numbers_and_pictures_may_stay():
    assert vetted(field(" PAGE "))
    assert vetted(with_part("word/media/seal.png", b"\x89PNG"))


@pytest.mark.parametrize(
    "kind",
    [
        f"{OFFICE}/image",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/footnotes",
        "http://schemas.microsoft.com/office/2011/relationships/people",
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    ],
)
def test_what_programs_write_for_plain_documents_may_stay(kind):
    assert vetted(with_part("word/x.xml", "<x/>", with_package_relation(kind)))


def test_what_leads_around_in_the_document_may_stay():
    assert vetted(vml('<v:rect href="#top"/>'))


@pytest.mark.documents
def test_what_libreoffice_saved_anew_passes(tmp_path):
    (tmp_path / "template.docx").write_bytes(BUILT_IN)
    told = [f"-env:UserInstallation={(tmp_path / 'own').as_uri()}", "--headless", "--convert-to", "docx"]
    subprocess.run(
        ["soffice", *told, "--outdir", tmp_path / "out", tmp_path / "template.docx"], check=True, timeout=120
    )
    assert vetted((tmp_path / "out" / "template.docx").read_bytes())


def test_many_mistakes_are_told_a_few_at_a_time():
    with pytest.raises(TemplateRefused) as refused:
        vetted(template(*(f"{{{{错{number}}}}}" for number in range(20))))
    assert len(refused.value.whys) == 9
    assert "还有几处" in refused.value.whys[-1]


def test_a_document_without_any_placeholder_names_what_it_lacks():
    out = io.BytesIO()
    Document().save(out)
    with pytest.raises(TemplateRefused) as refused:
        vetted(out.getvalue())
    assert [why[:8] for why in refused.value.whys] == [
        f"没有“{name}”这个占"[:8] for name in ("文号", "标题", "主送", "正文", "落款", "日期")
    ]
