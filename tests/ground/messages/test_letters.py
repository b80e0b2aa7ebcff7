"""A mail is read whatever program wrote it: charsets, encodings, web pages, attachments, and what is broken."""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from lianxin.ground.messages.composing import ABOVE
from lianxin.ground.messages.letters import Unreadable, parse, read
from lianxin.ground.messages.wording import decoded, plain_of_html
from tests.ground.messages.builders import make_mail

SAID = "村口的路灯坏了三天，请来修。"


def letter(raw: bytes | EmailMessage):
    return read(parse(raw if isinstance(raw, bytes) else raw.as_bytes()))


def raw(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["From: tangli@resident.example", *headers, "", ""]).encode() + body


def test_an_ordinary_mail_is_read():
    found = letter(make_mail(SAID, In_Reply_To="<a@b>", References="<c@d> <a@b>", Message_ID="<m@x>"))
    assert (found.message_id, found.in_reply_to, found.references) == ("<m@x>", "<a@b>", "<c@d> <a@b>")
    assert (found.from_name, found.from_address) == ("郗棠梨", "tangli@resident.example")
    assert (found.subject, found.text, found.attachments) == ("路灯", SAID, ())
    assert found.sent_at == datetime(2026, 11, 16, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["utf-8", "gb18030", "gbk", "utf-16", "hz", "utf-7"])
def test_every_charset_that_is_said_rightly_is_read(written):
    body = base64.b64encode(SAID.encode(written))
    headers = f"Content-Type: text/plain; charset={written}", "Content-Transfer-Encoding: base64"
    assert letter(raw(body, *headers)).text == SAID


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "claimed", ["", "us-ascii", "iso-8859-1", "gb2312", "utf-8", "big5", "no-such-charset", "x-gbk"]
)
def test_a_charset_that_is_said_wrongly_is_found_out(written, claimed):
    kind = f"Content-Type: text/plain; charset={claimed}" if claimed else "Content-Type: text/plain"
    if (written, claimed) != ("gb18030", "big5"):  # two that look alike: what was claimed holds
        assert letter(raw(SAID.encode(written), kind, "Content-Transfer-Encoding: 8bit")).text == SAID


def test_rare_signs_beyond_gb2312_are_read_where_gb2312_is_claimed():
    assert decoded("李镕䶮𠮷".encode("gb18030"), "gb2312") == "李镕䶮𠮷"


def test_quoted_printable_is_read_and_broken_base64_as_far_as_it_goes():
    quoted = "".join(f"={byte:02X}" for byte in SAID.encode("gb18030")).encode()
    headers = "Content-Type: text/plain; charset=gb2312", "Content-Transfer-Encoding: quoted-printable"
    assert letter(raw(quoted, *headers)).text == SAID
    broken = base64.b64encode(SAID.encode()) + b"!!=\r\n*"
    assert letter(raw(broken, "Content-Transfer-Encoding: base64")).text.startswith("村口的路灯")


@pytest.mark.parametrize(
    "subject",
    [
        "路灯坏了".encode("gb18030"),
        "路灯坏了".encode(),
        b"=?gb2312?B?" + base64.b64encode("路灯坏了".encode("gb18030")) + b"?=",
        b"=?utf-8?B?"
        + base64.b64encode("路灯坏了".encode())[:8]
        + b"?=\r\n =?utf-8?B?"
        + base64.b64encode("路灯坏了".encode())[8:]
        + b"?=",
    ],
)
def test_a_subject_is_read_however_it_was_written(subject):
    assert letter(b"From: a@b.example\r\nSubject: " + subject + b"\r\n\r\nhi").subject == "路灯坏了"


@pytest.mark.parametrize("header", ["=?gb2312?B?!!!?=", "=?x?y?z?=", "=?utf-8?B?4?=", "\0", ""])
def test_a_header_that_is_broken_breaks_nothing_else(header):
    found = letter(f"From: a@b.example\r\nSubject: {header}\r\nDate: {header}\r\n\r\n{SAID}".encode())
    assert (found.from_address, found.text, found.sent_at) == ("a@b.example", SAID, None)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ('"Wang, X" <A@B.example>', "a@b.example"),
        ("undisclosed-recipients:;", ""),
        ("no address", ""),
        ("王 <王@例子>", ""),
        ("<>", ""),
    ],
)
def test_who_wrote_is_an_address_that_could_be_answered_or_nobody(written, address):
    assert letter(f"From: {written}\r\n\r\nhi".encode()).from_address == address


def test_of_a_page_alone_the_words_are_read_and_nothing_else():
    page = (
        "<html><head><title>题</title><style>p{color:red}</style></head><body><p>第一行&nbsp;&lt;b&gt;</p>"
        "<script>alert(1)</script><div>第二<b>行</b><br>第三行</div><img src=x onerror=alert(2)>"
        "<ul><li>一<li>二</ul>"
    )
    text = letter(raw(page.encode("gb18030"), "Content-Type: text/html; charset=gb2312")).text
    assert text.replace("\xa0", " ").split("\n") == ["第一行 <b>", "", "第二行", "第三行", "", "一", "二"]


@pytest.mark.parametrize(
    "page", ["<", "<p", "<!--", "<![CDATA[x", "</p></p>", "<head><p>a", "<p>" * 50_000, "&#x110000;&#0;"]
)
def test_a_broken_page_is_read_as_far_as_it_goes(page):
    assert "<p>" not in plain_of_html(page)


def test_the_plain_text_goes_before_the_page_and_the_page_before_nothing():
    mail = make_mail(SAID)
    mail.add_alternative("<p>网页</p>", subtype="html")
    assert letter(mail).text == SAID
    bare = make_mail(" ")
    bare.add_alternative("<p>网页</p>", subtype="html")
    assert letter(bare).text == "网页"


def test_attachments_are_listed_with_their_names_and_whole():
    mail = make_mail(SAID)
    mail.add_attachment(b"\xff\xd8jpeg", maintype="image", subtype="jpeg", filename="路灯.jpg")
    mail.add_attachment(b"notes", maintype="text", subtype="plain", filename="a.txt")
    mail.add_attachment(make_mail("转来的"))
    mail.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    found = letter(mail)
    assert found.text == SAID
    assert [(one.name, one.content_type) for one in found.attachments] == [
        ("路灯.jpg", "image/jpeg"),
        ("a.txt", "text/plain"),
        ("message.eml", "message/rfc822"),
    ]
    assert found.attachments[0].content == b"\xff\xd8jpeg"
    assert "转来的" not in found.text


def test_a_name_of_an_attachment_is_read_however_it_was_written():
    name = base64.b64encode("路灯.jpg".encode("gb18030")).decode()
    kind = f'Content-Type: image/jpeg; name="=?gb2312?B?{name}?="'
    [one] = letter(raw(b"x", kind)).attachments
    assert one.name == "路灯.jpg"


def test_of_an_answer_only_what_was_written_above_our_own_words_is_read():
    for quote in ("", "> ", ">"):
        text = f"谢谢，还没有亮。\n\n{quote}{ABOVE}\n{quote}https://lianxin.example/q/#secret"
        assert letter(make_mail(text)).text == "谢谢，还没有亮。"


def test_signs_that_are_no_text_are_gone():
    assert letter(raw("路\0灯\u202e坏\ufeff了\r\n\r\n\r\n\r\n\r\n\r\n三天".encode())).text == "路灯坏了\n\n\n三天"


@pytest.mark.parametrize(
    "content", [b"", b"\r\n", b"\xff\xfe\x00", b"From\r\n\r\n", b"Content-Type: multipart/mixed\r\n\r\nx", b"\0" * 5000]
)
def test_what_is_hardly_a_mail_is_read_as_an_empty_one_or_refused(content):
    found = letter(content)
    assert (found.from_address, found.message_id) == ("", "")


def test_parts_within_parts_without_end_are_refused():
    nested = b"".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n'.encode() for n in range(3000))
    with pytest.raises(Unreadable):
        letter(nested)


def test_a_letter_does_not_show_itself_in_a_log():
    found = letter(make_mail(SAID))
    assert not [word for word in ("路灯", "郗棠梨", "tangli") if word in repr(found)]
