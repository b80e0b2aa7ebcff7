"""The mailbox: read by IMAP every few minutes. It is the platform's alone: unread there means not taken yet.

What was taken is marked read, and what a person should look at is flagged too. Nothing is ever deleted or moved.
"""

import imaplib
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lianxin.ground.core.clock import now
from lianxin.ground.messages.errors import LettersNotTaken, MailboxUnreachable, MailboxUntrusted, SettingUnusable
from lianxin.ground.messages.models import Received
from lianxin.ground.messages.outside import is_safe
from lianxin.ground.messages.receiving import BIGGEST, has_receivers, take

AT_ONCE = 100  # mails; the others are read by the next run
TIMEOUT_S = 30
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def poll(due_at: datetime) -> str:
    """Take every mail that nobody has read. May be called twice for one moment. Raises MailboxUnreachable, LettersNotTaken."""
    if not settings.MAILBOX:
        return _("没有设置信箱")
    if not has_receivers():
        return _("没有谁能接来信")
    done: Counter[str] = Counter()
    try:
        with _opened() as box:
            for uid in _unread(box)[:AT_ONCE]:
                if outcome := _take_one(box, uid):
                    done[outcome] += 1
    except ssl.SSLCertVerificationError:
        raise MailboxUntrusted from None
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxUnreachable(type(error).__name__) from None  # its text may quote the password
    if left := done[Received.Outcome.FAILED]:
        raise LettersNotTaken(left)
    told = {"taken": number_format(done[Received.Outcome.TAKEN]), "all": number_format(done.total())}
    return _("取了%(all)s封，收下%(taken)s封") % told


def refuse_unusable() -> None:
    """Raise SettingUnusable where LIANXIN_MAILBOX says nothing that can be opened. For the start of whatever serves."""
    if settings.MAILBOX and not is_safe(urlsplit(settings.MAILBOX), "imaps"):
        raise SettingUnusable(
            _("LIANXIN_MAILBOX 要写成 imaps://用户名:密码@服务器/INBOX，只有本机的服务器可以用 imap。")
        )


@contextmanager
def _opened() -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(settings.MAILBOX)
    host, secure = parts.hostname or "", parts.scheme == "imaps"
    if secure:
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            host, parts.port or 993, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_S
        )
    else:
        box = imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT_S)
    with box:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.lstrip("/")) or "INBOX"
        _answer(box.select(f'"{folder}"'))
        yield box


def _unread(box: imaplib.IMAP4) -> list[str]:
    found = _answer(box.uid("SEARCH", "UNSEEN"))
    return [uid.decode() for line in found if isinstance(line, bytes) for uid in line.split()]


def _take_one(box: imaplib.IMAP4, uid: str) -> Received.Outcome | None:
    """Take the mail, then mark it; killed in between, it is read again and known. None where it has gone meanwhile."""
    is_whole = _size(box, uid) <= BIGGEST
    raw = _content(_answer(box.uid("FETCH", uid, "(BODY.PEEK[])" if is_whole else "(BODY.PEEK[HEADER])")))
    if raw is None:
        return None
    outcome = take(raw, at=now(), is_whole=is_whole)
    if outcome != Received.Outcome.FAILED:
        flags = r"(\Seen \Flagged)" if outcome in Received.LEFT else r"(\Seen)"
        _answer(box.uid("STORE", uid, "+FLAGS.SILENT", flags))
    return outcome


def _size(box: imaplib.IMAP4, uid: str) -> int:
    told = b" ".join(item for item in _answer(box.uid("FETCH", uid, "(RFC822.SIZE)")) if isinstance(item, bytes))
    found = SIZE.search(told)
    return int(found[1]) if found else 0


def _content(answer: list[Any]) -> bytes | None:
    return next((item[1] for item in answer if isinstance(item, tuple)), None)


def _answer(said: tuple[str, list[Any]]) -> list[Any]:
    status, found = said
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return found
