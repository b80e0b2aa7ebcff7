"""What the worker does with ledgers that were brought. Tasks carry ids only."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import ngettext, override
from django_tasks import task

from lianxin.affairs.opinions import importing
from lianxin.affairs.opinions.importing import Desk, Report, TableRefused
from lianxin.affairs.opinions.importing.desks import ENTER
from lianxin.affairs.opinions.models import LedgerUpload
from lianxin.ground.access import can
from lianxin.ground.core.clock import now

STAGE = LedgerUpload.Stage


@task()
def look_at_ledger(upload_id: str, language: str) -> None:
    """Look at an uploaded ledger, and write down what taking it over would do."""
    _work(UUID(upload_id), language, STAGE.WAITING)


@task()
def take_ledger_over(upload_id: str, language: str) -> None:
    """Take over the rows that can be taken. Cut short, it goes on where it stopped when it is asked again."""
    _work(UUID(upload_id), language, STAGE.TAKING)


def _work(id: UUID, language: str, stage: str) -> None:
    """Look or take over, if the upload still is at `stage`."""
    upload = LedgerUpload.objects.select_related("by", "station__region", "station__body__region").get(pk=id)
    if not upload.is_ready(stage):
        return
    with override(language):
        try:
            report, notes = _report(upload, stage)
        except TableRefused as refused:
            upload.move([stage], STAGE.REFUSED, report={"unreadable": str(refused)})
        else:
            to = (
                STAGE.TAKEN
                if stage == STAGE.TAKING
                else STAGE.REFUSED
                if report.wrong and not report.told
                else STAGE.CHECKED
            )
            upload.move([stage], to, report=report.as_json() | {"left": notes})
    upload.settle()


def _report(upload: LedgerUpload, stage: str) -> tuple[Report, list[str]]:
    """What the rows would become, or became; and what was left aside. Raises TableRefused."""
    if not (answer := can(upload.by, ENTER)):
        raise TableRefused(str(answer.reason))
    file = Path(upload.file.path)
    table, desk = importing.read(file), Desk.of(upload.by, upload.station, upload.name)
    if stage == STAGE.WAITING:
        return importing.look(table.rows, desk), table.notes

    def on_the_way(report: Report) -> None:
        """Told after each hundred, so that nobody thinks that the worker fell silent."""
        upload.move([stage], stage, report=upload.report | {"done": report.told + report.known})

    return importing.take_over(table.rows, desk, at=now(), between=on_the_way), table.notes


def throw_old_ledgers_away(due_at: datetime) -> str:
    """The daily job: ledgers that came more than a day ago are deleted. Says how many."""
    count = LedgerUpload.throw_old_away(now())
    return ngettext("删去%(count)s份上传的台账", "删去%(count)s份上传的台账", count) % {"count": count}
