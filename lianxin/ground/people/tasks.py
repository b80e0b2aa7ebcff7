"""What the worker does for people and places. Tasks carry ids only."""

from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import ngettext, override
from django_tasks import task

from lianxin.ground.access import can
from lianxin.ground.core.clock import now
from lianxin.ground.people.models import RosterUpload
from lianxin.ground.people.roster.problems import RosterUnreadable
from lianxin.ground.people.roster.report import as_json
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import RosterRefused, look, take_over

STAGE = RosterUpload.Stage


@task()
def check_roster(upload_id: str, language: str) -> None:
    """Check an uploaded roster, and write down what taking it over would change."""
    _work(UUID(upload_id), language, STAGE.WAITING)


@task()
def take_roster_over(upload_id: str, language: str) -> None:
    """Take a checked roster over. What has become wrong since the check is told as a check tells it."""
    _work(UUID(upload_id), language, STAGE.TAKING)


def _work(id: UUID, language: str, stage: str) -> None:
    """Check or take over an upload that still is at `stage`: what a second worker does of the same changes nothing."""
    upload = RosterUpload.objects.select_related("by").get(pk=id)
    if not upload.is_ready(stage):
        return
    may = partial(can, upload.by, "people.import_roster")
    with override(language):
        try:
            reading = read(Path(upload.file.path))
            with transaction.atomic():  # what was taken over and the word that it was stand together, or neither
                if stage == STAGE.TAKING:
                    plan = take_over(reading, by=upload.by_id, at=now(), may=may)
                else:
                    plan = look(reading, may=may)
                to = STAGE.REFUSED if plan.problems else STAGE.TAKEN if stage == STAGE.TAKING else STAGE.CHECKED
                upload.move([stage], to, report=as_json(plan))
        except RosterRefused as refused:
            upload.move([stage], STAGE.REFUSED, report=as_json(refused.plan))
        except RosterUnreadable as unreadable:
            upload.move([stage], STAGE.REFUSED, report={"unreadable": str(unreadable)})
    upload.settle()


def throw_stale_rosters_away(due_at: datetime) -> str:
    """The daily job: workbooks that came more than a day ago are deleted. Says how many."""
    count = RosterUpload.throw_old_away(now())
    return ngettext("删去%(count)s份上传的名册", "删去%(count)s份上传的名册", count) % {"count": count}
