"""Mails that no person wrote: set aside, and never answered, so that two machines never write to each other."""

from email.message import Message

from lianxin.ground.messages.composing import list_id, own_message_ids
from lianxin.ground.messages.letters import header, sender
from lianxin.ground.messages.models import Received

MACHINES = ("mailer-daemon", "postmaster")
IN_BULK = ("bulk", "junk", "list", "auto_reply")
SAY_SO = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Auto-Reply")


def of_what_kind(mail: Message) -> Received.Outcome | None:
    """Our own mail come back, a bounce or an automatic reply (RFC 3834); None for what a person may have written."""
    if header(mail, "List-Id") == list_id() or own_message_ids(header(mail, "Message-ID")):
        return Received.Outcome.OWN
    if _is_bounce(mail):
        return Received.Outcome.BOUNCE
    said = header(mail, "Auto-Submitted").lower()
    if (
        (said and said != "no")
        or header(mail, "Precedence").lower() in IN_BULK
        or any(mail.get(name) for name in SAY_SO)
    ):
        return Received.Outcome.AUTOMATIC
    return None


def _is_bounce(mail: Message) -> bool:
    if mail.get_content_type() == "multipart/report" or header(mail, "Return-Path") == "<>":
        return True
    _name, address = sender(mail)
    return address.partition("@")[0] in MACHINES
