"""Builds households and ties for tests."""

from datetime import date
from typing import Any
from uuid import UUID

from lianxin.affairs.contact.models import Consent, Household, Tie
from lianxin.affairs.contact.models.tie import Other
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.vault.particulars import Particulars

WHO = Particulars(name="郗棠梨", phone="13800571986", address="柳溪村九组晒谷坪旁")
AGREED_ON = date(2022, 4, 1)


def make_household(region: Region, body: Body, told: Particulars = WHO, **facts: Any) -> Household:
    consent = Consent(facts.pop("way", "spoken"), facts.pop("on", AGREED_ON), facts.pop("asked_by", None))
    return Household.add(region, body, told, consent, by=facts.get("by"), at=now())


def make_tie(mandate: Mandate, other: Other, scheme: str = "voter", **facts: Any) -> Tie:
    by: UUID | None = facts.get("by")
    return Tie.objects.tie(mandate, other, scheme, on=facts.get("on", AGREED_ON), by=by, at=now())


def tied(mandate: Mandate) -> int:
    """With how many a deputy keeps contact today."""
    return Tie.objects.on(today()).of(mandate).count()
