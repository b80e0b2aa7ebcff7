"""The two ways to the same form: the resident's own, and the clerk's who writes for somebody else."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from lianxin.affairs.opinions.models import Answers, Draft
from lianxin.affairs.opinions.models.draft import KEPT
from lianxin.ground.access.doors import needs
from lianxin.ground.core import ciphers
from lianxin.ground.core.clock import now

View = Callable[..., HttpResponse]


class NoDraft(Exception):
    """There is none, or its time is over, or the cookie does not open it."""


@dataclass
class Held:
    """A draft in the hands of the browser that has its key."""

    draft: Draft
    key: bytes
    answers: Answers


@dataclass(frozen=True)
class Way:
    """How the form was entered: `user` is the clerk, None for a resident. `name` begins the names of its addresses."""

    name: str
    user: Any = None

    @property
    def by(self) -> UUID | None:
        """Who writes for somebody else."""
        return self.user.pk if self.user else None

    @property
    def cookie(self) -> str:
        """Where the browser keeps the draft's id and key."""
        return f"lianxin_{self.name}"

    @property
    def page(self) -> str:
        """The name of the first page; those of the others go on behind it."""
        return f"opinions:{self.name}"

    def url(self, step: str = "", *args: Any) -> str:
        """The address of a step; the first one's name is nothing."""
        return reverse(f"{self.page}_{step}" if step else self.page, args=args)

    def held(self, request: HttpRequest, *, locked: bool = False) -> Held:
        """The draft of this browser; `locked` until the transaction ends. Raises NoDraft."""
        id, key = _of_cookie(request.COOKIES.get(self.cookie, ""))
        drafts = Draft.objects.lasting(now()).filter(pk=id)
        draft = (drafts.select_for_update() if locked else drafts).first()
        if draft is None:
            raise NoDraft
        try:
            return Held(draft, key, draft.read(key, writer=self.by))
        except (ciphers.Unopenable, ValueError):  # ValueError: a key of a length that the cipher does not know
            raise NoDraft from None

    @contextmanager
    def changing(self, request: HttpRequest) -> Iterator[Held]:
        """Change the answers of the draft and keep them. Raises NoDraft."""
        with transaction.atomic():
            held = self.held(request, locked=True)
            yield held
            held.draft.write(held.answers, held.key, writer=self.by, at=now())

    def begin(self, answers: Answers) -> Held:
        """A new draft with these answers."""
        cipher = ciphers.in_use()
        draft, key = Draft(cipher=cipher.name), cipher.new_key()
        draft.write(answers, key, writer=self.by, at=now())
        return Held(draft, key, answers)

    def give(self, response: HttpResponse, held: Held) -> HttpResponse:
        """Let the browser keep the key for another day."""
        response.set_cookie(
            self.cookie,
            f"{held.draft.pk.hex}.{base64.urlsafe_b64encode(held.key).decode()}",
            max_age=KEPT,
            path=self.url(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def take(self, response: HttpResponse) -> HttpResponse:
        """Let the browser forget the key."""
        response.delete_cookie(self.cookie, path=self.url(), samesite="Lax")
        return response


def resident(view: View) -> View:
    """A page of the residents' form.

    No token is asked for: nobody is signed in here, and the one thing that a page acts on is named by a cookie that
    other sites' forms do not bring (SameSite). So a page that lay open for hours, on whatever browser, still sends.
    """

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _answered(request, Way("tell"), view, *args, **kwargs)

    return entered


def clerk(view: View) -> View:
    """The same page for whoever may write for somebody else."""

    @needs("opinions.enter")
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _answered(request, Way("enter", request.user), view, *args, **kwargs)

    return entered


def _answered(request: HttpRequest, way: Way, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page; the first step where there is no draft any more. No store keeps what people write."""
    try:
        response = view(request, way, *args, **kwargs)
    except NoDraft:
        response = redirect(f"{way.url()}?lost=1")
    response.headers.setdefault("Cache-Control", "no-store, private")
    return response


def _of_cookie(text: str) -> tuple[UUID, bytes]:
    """The draft's id and key; the nil UUID, which none has, for what is no cookie of ours."""
    id, _dot, key = text.partition(".")
    try:
        return UUID(hex=id), base64.b64decode(key, altchars=b"-_", validate=True)
    except ValueError:
        return UUID(int=0), b""
