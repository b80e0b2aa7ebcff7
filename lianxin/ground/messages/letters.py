"""Reading a mail as it was sent by whatever program: its text, who wrote it, what hangs on it. Keeps nothing.

`email` reads by its older policy, which gives raw headers and raises least; charsets are ours to find (wording.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from lianxin.ground.messages.composing import ABOVE
from lianxin.ground.messages.wording import decoded, plain_of_html
from lianxin.lib.text import clean

IGNORED = ("winmail.dat", "smime.p7s", "application/ms-tnef", "application/pkcs7-signature")
DEEPEST = 30  # parts within parts
BROKEN = (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError)  # what `email` may raise


class Unreadable(ValueError):
    """A mail that nothing can be made of."""


@dataclass(frozen=True)
class Attachment:
    """What hangs on a letter: its name as given, its type as claimed, and its bytes. None of the three is to be believed."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, repr=False)
class Letter:
    """来信 A mail as it came. Lives in memory only: whoever takes it seals who wrote it in the vault.

    `text` is what was written above our own words, where it answers a mail of ours. `sent_at` is what the mail claims.
    """

    message_id: str
    in_reply_to: str
    references: str
    from_address: str
    from_name: str
    subject: str
    text: str
    sent_at: datetime | None
    attachments: tuple[Attachment, ...]

    def __repr__(self) -> str:
        return f"<Letter: {len(self.text)} characters, {len(self.attachments)} attachments>"


def parse(raw: bytes) -> Message:
    """The mail in its parts. Raises Unreadable."""
    try:
        return message_from_bytes(raw)
    except BROKEN as error:
        raise Unreadable(type(error).__name__) from None


def read(mail: Message) -> Letter:
    """The letter in a mail. Raises Unreadable."""
    try:
        return _read(mail)
    except BROKEN as error:
        raise Unreadable(type(error).__name__) from None


def header(mail: Message, name: str) -> str:
    """A header in words, whatever it was encoded in; nothing where there is none."""
    return " ".join(_words(_raw(mail, name)).split())


def sender(mail: Message) -> tuple[str, str]:
    """Name and address in From, the address in small letters; nothing where there is none that could be answered."""
    name, address = parseaddr(_raw(mail, "From"))
    return " ".join(_words(name).split()), address.lower() if "@" in address and address.isascii() else ""


def _read(mail: Message) -> Letter:
    texts: list[str] = []
    attachments: list[Attachment] = []
    for part in _parts(mail):
        if isinstance(part, Attachment):
            attachments.append(part)
        else:
            texts.append(part)
    name, address = sender(mail)
    return Letter(
        message_id=header(mail, "Message-ID"),
        in_reply_to=header(mail, "In-Reply-To"),
        references=header(mail, "References"),
        from_address=address,
        from_name=name,
        subject=header(mail, "Subject"),
        text=above(clean("\n\n".join(texts))),
        sent_at=_date(mail),
        attachments=tuple(attachments),
    )


def above(text: str) -> str:
    """What was written above the words of ours that a reply quotes."""
    kept, marker, _own = text.partition(ABOVE)
    return kept.rstrip("> \n") if marker else text


def _parts(mail: Message, depth: int = 0) -> Iterator[str | Attachment]:
    if depth > DEEPEST:
        raise Unreadable("nested")
    kind, name = mail.get_content_type(), _words(str(mail.get_filename() or ""))
    if name.lower() in IGNORED or kind in IGNORED:
        return
    if kind == "message/rfc822" or (mail.is_multipart() and not kind.startswith("multipart/")):
        yield Attachment(name or "message.eml", kind, b"\n\n".join(part.as_bytes() for part in _inner(mail)))
    elif kind == "multipart/alternative":
        yield from _alternative(_inner(mail), depth + 1)
    elif mail.is_multipart():
        for part in _inner(mail):
            yield from _parts(part, depth + 1)
    elif kind in ("text/plain", "text/html") and mail.get_content_disposition() != "attachment" and not name:
        yield _text(mail)
    elif isinstance(content := mail.get_payload(decode=True), bytes) and content:
        yield Attachment(name or f"unnamed.{mail.get_content_subtype()}", kind, content)


def _inner(mail: Message) -> list[Message]:
    payload = mail.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _alternative(parts: list[Message], depth: int) -> Iterator[str | Attachment]:
    """The first text that says something, and whatever hangs on any of them."""
    said = ""
    for part in parts:
        for found in _parts(part, depth):
            if isinstance(found, Attachment):
                yield found
            elif not said:
                said = found
    yield said


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    text = decoded(content if isinstance(content, bytes) else b"", str(part.get_content_charset() or ""))
    return (plain_of_html(text) if part.get_content_type() == "text/html" else text).strip()


def _raw(mail: Message, name: str) -> str:
    """A header as it stood, its bytes beyond ASCII read as what they are."""
    values = (str(value) for key, value in mail.raw_items() if key.lower() == name.lower())
    value = next(values, "")
    is_ascii = not any("\udc80" <= sign <= "\udcff" for sign in value)
    return value if is_ascii else decoded(value.encode("utf-8", "surrogateescape"), "")


def _words(raw: str) -> str:
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError, LookupError):
        return clean(raw)
    said = [decoded(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces]
    return clean("".join(said))


def _date(mail: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(_raw(mail, "Date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
