"""Made-up voices for tests."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from lianxin.ground.vault import actions
from lianxin.ground.vault.models import Opening
from lianxin.ground.vault.particulars import Particulars

TOLD = Particulars(
    name="郗棠梨",
    phone="13800571986",
    address="柳溪村九组晒谷坪旁",
    wechat="wx_tangli_0571",
    email="tangli@resident.example",
)
COUNTY = UUID("0199aaaa-0000-7000-8000-000000420504")  # the place that voices are kept with, and clerks are granted
REASON = "回电核实路灯在哪一段"


def make_voice(particulars: Particulars = TOLD, places: Iterable[UUID] = (COUNTY,), **facts: Any) -> UUID:
    """A voice whose identity is kept."""
    voice = new_id()
    actions.keep(voice, particulars, by=None, at=now(), places=places, **facts)
    return voice


def make_opening(by: User, voice: UUID | None = None, **facts: Any) -> Opening:
    """An opening by somebody who may."""
    voice = voice or make_voice()
    told = {"purpose": "call", "reason": REASON, "at": now()}
    actions.open_identity(voice, by=by, **told | facts)
    return Opening.objects.of_voice(voice).first()
