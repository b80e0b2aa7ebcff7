"""What is done for files by night."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.jobs import Job
from lianxin.ground.documents import blobs, papers, printing
from lianxin.ground.documents.errors import ContentsMissing
from lianxin.ground.documents.models import File

LEFT_FOR = timedelta(days=1)  # longer than any transaction


def sweep(due_at: datetime) -> str:
    """Take away contents that no row names, when they are a day old, and what a killed worker was printing; how many. Raises ContentsMissing for rows without one.

    Age is told by the clock of the machine, which wrote it, not by that of a rehearsal.
    """
    expected = _expected()
    lying = set(blobs.all_names())
    before = timezone.now() - LEFT_FOR
    printing.sweep()
    swept = sum(_take_away(name, before) for name in sorted(lying - expected))
    missing = {file_id for name in expected - lying if (file_id := blobs.id_of(name))}
    if lost := File.objects.filter(pk__in=missing).count():  # not those that were discarded meanwhile
        raise ContentsMissing(lost)
    return str(swept)


def _expected() -> set[str]:
    rows = File.objects.values_list("pk", "has_preview").iterator()
    return {blobs.name_of(pk, part) for pk, has_preview in rows for part in blobs.PARTS[: 1 + has_preview]}


def _take_away(name: str, before: datetime) -> bool:
    stored_at, file_id = blobs.stored_at(name), blobs.id_of(name)
    if stored_at is None or stored_at > before or file_id is None or _is_named(file_id):
        return False
    blobs.store().delete(name)
    return True


def _is_named(file_id: UUID) -> bool:
    """Asked last, of each: a row may have come since they were listed."""
    return File.objects.filter(pk=file_id).exists()


JOBS = (
    Job("documents.sweep", _("清理没有用上的文件"), sweep, at=time(2, 40)),
    Job("documents.make_again", _("再生成没有生成的公文"), papers.make_again, every=timedelta(hours=1)),
)
