"""What the worker does with lists of ties that were brought. Tasks carry ids only."""

from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import override
from django_tasks import task

from lianxin.affairs.contact.importing import Plan, check, layout, take_over
from lianxin.affairs.contact.importing.checking import Desk
from lianxin.affairs.contact.models import TieUpload
from lianxin.affairs.contact.rules import ContactRules
from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.roster.problems import RosterUnreadable
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.rulebook import in_force

STAGE = TieUpload.Stage
TIE, ENTER = "contact.tie", "contact.enter"


@task()
def check_ties(upload_id: str, language: str) -> None:
    """Check an uploaded list, and write down what taking it over would do."""
    _work(UUID(upload_id), language, STAGE.WAITING)


@task()
def take_ties_over(upload_id: str, language: str) -> None:
    """Take a checked list over. What has become wrong since the check is told as a check tells it."""
    _work(UUID(upload_id), language, STAGE.TAKING)


def _work(id: UUID, language: str, stage: str) -> None:
    """Check or take over, if the upload still is at `stage`: what a second worker does of the same changes nothing."""
    upload = TieUpload.objects.select_related("by").get(pk=id)
    if not upload.is_ready(stage):
        return
    with override(language):
        try:
            with transaction.atomic():  # what was taken over and the word that it was stand together, or neither
                plan = _plan(upload)
                if stage == STAGE.TAKING and not plan.problems:
                    take_over(plan, by=upload.by_id, at=now())
                to = STAGE.REFUSED if plan.problems else STAGE.TAKEN if stage == STAGE.TAKING else STAGE.CHECKED
                upload.move([stage], to, report=plan.as_json())
        except (RosterUnreadable, RuleError) as refused:
            upload.move([stage], STAGE.REFUSED, report={"unreadable": str(refused)})
    upload.settle()


def _plan(upload: TieUpload) -> Plan:
    for action in (TIE, ENTER):
        if not (answer := can(upload.by, action)):
            raise RosterUnreadable(answer.reason)
    rules = in_force(today()).section(ContactRules)
    desk = Desk(rules, today(), reach(upload.by, TIE), reach(upload.by, ENTER))
    return check(read(Path(upload.file.path), layout(rules)), desk)
