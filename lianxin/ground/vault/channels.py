"""Ways to reach a voice without knowing who it is. The vault ships e-mail; others are adapters of who needs them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.core.mail import EmailMessage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Card:
    """The same message field by field, for channels that fill a template in: nobody's name is in it, nor ever put in."""

    news: str
    number: str
    sender: str
    said_at: datetime
    link: str
    more: int = 0  # how many others wait with this one


@dataclass(frozen=True)
class Message:
    """What is to be said. `{name}` in the text becomes the name that the voice gave, if it gave one.

    `headers` are those of an e-mail; other channels may read its Message-ID, by which one message is known again.
    """

    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    card: Card | None = None

    def to(self, name: str) -> str:
        """The text for this name."""
        return self.text.replace("{name}", name)


class Channel(Protocol):
    """One way to reach a voice. `way` names the field of Particulars that holds the address; `code` stands in the record."""

    code: str
    way: str

    def takes(self, address: str) -> bool:
        """Whether something can get to such an address at all."""

    def send(self, address: str, name: str, message: Message) -> None:
        """Send, or raise anything: only the kind of the error is told on. Keeps and logs neither address nor name.

        NoWayToReach says that nothing will ever get there: whoever owns the address does not want it, or is gone.
        """


class Email:
    """E-mail, as the platform's settings send it."""

    code = "email"
    way = "email"

    def takes(self, address: str) -> bool:
        """Any that there is: who told it was asked for one that can be written to."""
        return "@" in address

    def send(self, address: str, name: str, message: Message) -> None:
        """One message to one address."""
        EmailMessage(message.subject, message.to(name), to=[address], headers=dict(message.headers)).send()


NAMES: dict[str, str | Promise] = {Email.code: _("电子邮件")}  # adapters add theirs


def names(codes: Iterable[str]) -> dict[str, str]:
    """Channels in words, by their codes."""
    return {code: str(NAMES[code]) for code in codes if code in NAMES}
