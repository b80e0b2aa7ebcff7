"""Files that are no roster are refused at once, in plain words, whatever they are."""

import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from lianxin.ground.people.roster import unpacking
from lianxin.ground.people.roster.problems import RosterUnreadable
from lianxin.ground.people.roster.sheets import read
from tests.ground.people.workbooks import deputy, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


def refused(file: Path) -> str:
    with pytest.raises(RosterUnreadable) as told:
        read(file)
    return str(told.value)


def bytes_of(folder: Path, content: bytes, name: str = "a.xlsx") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def packed(folder: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A good workbook, each part of which went through `change`; None leaves a part out."""
    good, file = folder / "good.xlsx", folder / "a.xlsx"
    book = xlsxwriter.Workbook(good)
    sheet = book.add_worksheet("代表名册")
    for number, words in enumerate((deputy().keys(), deputy().values())):
        sheet.write_row(number, 0, words)
    book.close()
    with zipfile.ZipFile(good) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in parts.namelist():
            if (content := change(part, parts.read(part))) is not None:
                changed.writestr(part, content)
    return file


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空的"),
        (b"\0" * 100, "看不出这是什么文件"),
        ("所属人大,届次,代表证号,姓名,就任日期\n".encode("gbk"), "纯文本"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table><tr><td>", "网页"),
        (OLE + b"\0" * 600, "旧格式"),
    ],
)
def test_what_is_no_workbook_is_called_by_what_it_is(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in refused(bytes_of(tmp_path, content))


def test_a_workbook_with_a_password_is_told_how_to_lose_it() -> None:
    assert "密码" in refused(Path(__file__).parent / "files" / "password.xlsx")


def test_a_letter_renamed_to_a_workbook_is_called_a_letter(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<document/>")
    assert "Word" in refused(file)


def test_a_file_whose_transfer_broke_off_is_called_broken(tmp_path: Path) -> None:
    whole = workbook(tmp_path, [deputy(代表证号=f"{n:03}") for n in range(50)]).read_bytes()
    for share in (0.2, 0.5, 0.9, 0.999):
        assert "重新保存" in refused(bytes_of(tmp_path, whole[: int(len(whole) * share)]))


def test_any_garbled_byte_is_told_plainly_or_does_no_harm(tmp_path: Path) -> None:
    whole, dice = workbook(tmp_path, [deputy()]).read_bytes(), random.Random(20211203)
    broken = 0
    for _attempt in range(150):
        garbled = bytearray(whole)
        for _byte in range(8):
            garbled[dice.randrange(len(garbled))] = dice.randrange(256)
        try:
            read(bytes_of(tmp_path, bytes(garbled)))
        except RosterUnreadable:
            broken += 1
    assert broken > 50


@pytest.mark.parametrize(
    "swap",
    [
        (b"<sheetData>", b"<sheetData><row"),
        (b'<c r="A2"', b'<c r="ZZZZ9"'),
        (b"<v>0</v>", b"<v>99999</v>"),
        (b"<v>7</v>", b"<v>7,5</v>"),
        (b'r="A2"', b'r="2A"'),
        (b'<row r="2"', b'<row r="2000000000"'),
        (b'<row r="2"', b'<row r="-4"'),
        (b'<row r="2"', b'<row r="two"'),
        (b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A:Z"/></mergeCells>'),
        (b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell/></mergeCells>'),
    ],
)
def test_a_sheet_that_makes_no_sense_is_called_broken(tmp_path: Path, swap: tuple[bytes, bytes]) -> None:
    file = packed(tmp_path, lambda part, xml: xml.replace(*swap) if part == SHEET else xml)
    with zipfile.ZipFile(file) as parts:
        assert swap[1] in parts.read(SHEET)
    assert "坏了" in refused(file)


@pytest.mark.parametrize("missing", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_with_a_part_missing_is_called_broken_or_needs_it_not(tmp_path: Path, missing: str) -> None:
    file = packed(tmp_path, lambda part, content: None if part == missing else content)
    try:
        reading = read(file)
    except RosterUnreadable:
        return
    assert reading.problems or len(reading.rows["代表名册"]) == 1


def test_a_strict_workbook_is_told_how_to_be_saved(tmp_path: Path) -> None:
    usual, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
        b"http://purl.oclc.org/ooxml/spreadsheetml/",
    )
    assert "普通的" in refused(packed(tmp_path, lambda part, xml: xml.replace(usual, strict)))


@pytest.mark.parametrize("victim", [SHEET, "xl/sharedStrings.xml"])
def test_a_billion_laughs_are_not_laughed(tmp_path: Path, victim: str) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        f'<!ENTITY a{n + 1} "{"&a" + (str(n) if n else "") + ";"}{"&a" + (str(n) if n else "") + ";"}">'.encode()
        for n in range(40)
    )

    def with_entities(part: str, xml: bytes) -> bytes:
        return xml.replace(b"\n", b"\n" + entities + b"]>", 1).replace("罗青禾".encode(), b"&a40;")

    assert "坏了" in refused(packed(tmp_path, lambda part, xml: with_entities(part, xml) if part == victim else xml))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    file = packed(tmp_path, lambda part, xml: xml + b"\0" * (500 * 2**20) if part == SHEET else xml)
    assert file.stat().st_size < 2**20
    tracemalloc.start()
    try:
        assert "大得不正常" in refused(file)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


def test_more_words_than_fit_into_memory_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_BESIDE", 100_000)
    padding = random.Random(1).randbytes(100_000).hex().encode()
    file = packed(tmp_path, lambda part, xml: xml + b"<!--" + padding + b"-->" if "sharedStrings" in part else xml)
    assert "太大" in refused(file)


def test_a_workbook_larger_than_any_roster_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LIMITS", unpacking.Limits(sent=2000))
    assert "最多只能" in refused(workbook(tmp_path, [deputy(代表证号=f"{n:03}") for n in range(90)]))


def test_a_workbook_without_a_roster_says_what_a_roster_needs(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "会议通知"
    book.save(tmp_path / "a.xlsx")
    told = refused(tmp_path / "a.xlsx")
    assert "所属人大、届次、代表证号、姓名、就任日期" in told
    assert "工作表“Sheet”不是名册" in told


def test_a_roster_without_rows_is_called_empty(tmp_path: Path) -> None:
    file = workbook(tmp_path, change=lambda book: book.active.delete_rows(2))
    assert "表头下面一行也没有填" in refused(file)


def test_a_workbook_whose_only_roster_is_hidden_says_so(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("封面")["A1"] = "名册"
        book["代表名册"].sheet_state = "hidden"

    assert "“代表名册”是隐藏的" in refused(workbook(tmp_path, change=hide))
