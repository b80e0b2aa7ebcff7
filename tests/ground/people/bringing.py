"""Somebody brings a roster to its page, and the worker looks at it."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.ground.access.models import User
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.jobs.tasks import run_some
from lianxin.ground.people.models import Region, RosterUpload
from tests.ground.access.builders import make_grant, make_user

ROSTER, EXPORT = "/desk/roster/", "/desk/roster/workbook/"
STAGE = RosterUpload.Stage


def enter(client: Client, role: str, place: Region | None) -> User:
    """Sign somebody in who holds this role over the place."""
    user = make_user()
    make_grant(user, role, "place", place.pk if place else None)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def bring(client: Client, file: Path | bytes, name: str = "名册.xlsx") -> Any:
    """Upload a workbook, as the form does without JavaScript."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    return client.post(ROSTER, {"file": SimpleUploadedFile(name, content)})


def work() -> int:
    """Let the worker do what waits."""
    return run_some(new_id(), lambda: False)


def said(client: Client, address: str, **headers: str) -> str:
    """What a page says."""
    page = client.get(address, headers=headers)
    assert page.status_code == 200
    return page.content.decode()


def upload() -> RosterUpload:
    """The latest one."""
    return RosterUpload.objects.latest("made_at")
