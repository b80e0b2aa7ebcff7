"""Ways to reach a voice without knowing who it is. The vault ships e-mail; others are adapters of who needs them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Message:
    """What is to be said. `{name}` in the text becomes the name that the voice gave, if it gave one."""

    subject: str
    text: str

    def to(self, name: str) -> str:
        """The text for this name."""
        return self.text.replace("{name}", name)


class Channel(Protocol):
    """One way to reach a voice. `way` names the field of Particulars that holds the address; `code` stands in the record."""

    code: str
    way: str

    def send(self, address: str, name: str, message: Message) -> None:
        """Send, or raise anything: only the kind of the error is told on. Keeps and logs neither address nor name."""


class Email:
    """E-mail, as the platform's settings send it."""

    code = "email"
    way = "email"

    def send(self, address: str, name: str, message: Message) -> None:
        """One message to one address."""
        EmailMessage(message.subject, message.to(name), to=[address]).send()


NAMES = {Email.code: _("电子邮件")}


def names(codes: Iterable[str]) -> dict[str, str]:
    """Channels in words, by their codes."""
    return {code: str(NAMES[code]) for code in codes if code in NAMES}
