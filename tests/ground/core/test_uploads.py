"""Files that people send are judged by what is in them."""

import io
import zipfile

import openpyxl
import pytest

from lianxin.ground.core.uploads import DOCX, JPEG, PDF, PNG, TEXT, XLSX, Limits, UploadRefused, kind_of, need


def workbook() -> io.BytesIO:
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["姓名", "手机"])
    book.save(file)
    return file


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def workbook_with(name: str, content: bytes) -> io.BytesIO:
    return packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", name: content})


def old_workbook(inside: bytes = b"") -> io.BytesIO:
    return io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + inside)


def test_a_workbook_is_known_and_left_at_its_beginning():
    file = workbook()
    assert need(file, XLSX) is XLSX
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", JPEG),
        (b"\x89PNG\r\n\x1a\n\0", PNG),
        ("姓名,手机\n".encode(), TEXT),
        (b"\x07\x00\x01\x02", None),
    ],
)
def test_other_files_are_known_by_their_first_bytes(content, kind):
    assert kind_of(io.BytesIO(content)) is kind


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (io.BytesIO(), "这个文件是空的"),
        (io.BytesIO(b"\xff\xd8\xff\xe0 pretends to be a.xlsx"), "传来的是照片"),
        (old_workbook(), "另存为.xlsx再传"),
        (old_workbook("EncryptedPackage".encode("utf-16-le")), "取消密码"),
        (packed({"a.txt": b"a"}), "传来的是压缩包"),
        (packed({"[Content_Types].xml": b"", "word/document.xml": b""}), "传来的是Word文档"),
        (io.BytesIO(b"<html><table>"), "传来的是网页"),
        (io.BytesIO(b"PK\x03\x04 and then nothing"), "可能坏了"),
        (io.BytesIO(b"\x01\x02\x03\x00"), "看不出这是什么文件"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_it_is(file, said):
    with pytest.raises(UploadRefused, match=said):
        need(file, XLSX)


def test_a_workbook_cut_off_half_way_is_refused():
    content = workbook().getvalue()
    with pytest.raises(UploadRefused, match="可能坏了"):
        need(io.BytesIO(content[: len(content) // 2]), XLSX)


def test_one_of_several_kinds_will_do():
    assert need(io.BytesIO(b"%PDF-1.7\n"), XLSX, PDF) is PDF
    with pytest.raises(UploadRefused, match="或"):
        need(io.BytesIO(b"\x89PNG\r\n\x1a\n\0"), XLSX, DOCX)


def test_a_file_above_the_size_is_refused_before_it_is_opened():
    with pytest.raises(UploadRefused, match="文件有3兆，最多只能1兆"):
        need(io.BytesIO(b"%PDF-" + b"x" * (2 * 1024 * 1024 + 1)), PDF, limits=Limits(sent=1024 * 1024))


def test_what_unpacks_without_end_is_refused():
    bomb = workbook_with("xl/worksheets/sheet1.xml", b"\0" * (300 * 1024 * 1024))
    assert bomb.seek(0, 2) < 1024 * 1024
    with pytest.raises(UploadRefused, match="解开以后大得不正常"):
        need(bomb, XLSX)


def test_thousands_of_parts_are_refused():
    many = packed(
        {"[Content_Types].xml": b"", "xl/workbook.xml": b""}
        | {f"xl/media/{number}.png": b"" for number in range(2_001)}
    )
    with pytest.raises(UploadRefused, match="解开以后大得不正常"):
        need(many, XLSX)


def test_a_large_honest_workbook_passes():
    rows = "".join(f"<row><c><v>{number * 7919 % 104729}</v></c></row>" for number in range(400_000))
    assert need(workbook_with("xl/worksheets/sheet1.xml", rows.encode()), XLSX) is XLSX


def test_a_part_behind_a_password_is_refused():
    file = workbook()
    content = bytearray(file.getvalue())
    central = content.rindex(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(UploadRefused, match="加了密码"):
        need(io.BytesIO(bytes(content)), XLSX)


def test_a_packed_file_for_programs_to_come_is_no_workbook_of_today():
    content = bytearray(workbook().getvalue())
    content[content.index(b"PK\x01\x02") + 6] = 124  # the version of zip that is needed to unpack it
    assert kind_of(io.BytesIO(bytes(content))) not in (XLSX, DOCX)
