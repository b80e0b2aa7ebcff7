"""What a page tells after an act: one line at the bottom, with a way to take the act back while there is time."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise

UNDO_S = 30


@dataclass(frozen=True)
class Toast:
    """A line to tell; `undo` is the address that takes the act back by POST, `seconds` how long it may be taken back."""

    text: str
    undo: str = ""
    seconds: int = UNDO_S


def tell(request: HttpRequest, text: str | Promise, undo: str = "") -> None:
    """Tell this on the next page the person sees; with `undo`, with a button that posts there."""
    messages.success(request, str(text), extra_tags=f"undo={undo}" if undo else "")


def read(message: Message) -> Toast:
    """The toast of a message, whoever left it."""
    tags = message.extra_tags or ""
    return Toast(text=str(message.message), undo=tags.removeprefix("undo=") if tags.startswith("undo=") else "")
