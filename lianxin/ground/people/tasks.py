"""What the worker does for people and places. Tasks carry ids only."""

from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from lianxin.ground.core.clock import now
from lianxin.ground.people.models import RosterUpload
from lianxin.ground.people.roster.checking import check
from lianxin.ground.people.roster.columns import DEPUTY_COLUMNS
from lianxin.ground.people.roster.comparing import Plan, compare
from lianxin.ground.people.roster.problems import RosterUnreadable
from lianxin.ground.people.roster.taking import RosterRefused, take_over

STAGE = RosterUpload.Stage
PROBLEMS_SHOWN = 500


@task()
def check_roster(upload_id: str, language: str) -> None:
    """Check an uploaded roster, and write down what taking it over would change."""
    upload = RosterUpload.objects.get(pk=UUID(upload_id))
    with override(language):
        try:
            checked = check(Path(upload.file.path))
            plan = compare(checked) if not checked.problems else Plan(problems=checked.problems)
        except RosterUnreadable as unreadable:
            upload.move([STAGE.WAITING], STAGE.REFUSED, report={"unreadable": str(unreadable)})
            return
        stage = STAGE.REFUSED if plan.problems else STAGE.CHECKED
        upload.move([STAGE.WAITING], stage, report=_report(plan) | {"notes": checked.notes})


@task()
def take_roster_over(upload_id: str, language: str) -> None:
    """Take a checked roster over. What has become wrong since the check is told as a check tells it."""
    upload = RosterUpload.objects.get(pk=UUID(upload_id))
    with override(language):
        try:
            plan = take_over(Path(upload.file.path), by=upload.by_id, at=now())
        except RosterRefused as refused:
            upload.move([STAGE.TAKING], STAGE.REFUSED, report=_report(Plan(problems=refused.problems)))
            return
        except RosterUnreadable as unreadable:
            upload.move([STAGE.TAKING], STAGE.REFUSED, report={"unreadable": str(unreadable)})
            return
        upload.move([STAGE.TAKING], STAGE.TAKEN, report=_report(plan))
    upload.throw_file_away()


def throw_stale_rosters_away() -> str:
    """The daily job: workbooks older than a day are deleted. Says how many."""
    count = 0
    for upload in RosterUpload.objects.stale(now()):
        upload.throw_file_away()
        count += 1
    return _("删去%(count)s份上传的名册") % {"count": count}


def _report(plan: Plan) -> dict[str, object]:
    return {
        "counts": plan.counts(),
        "is_empty": plan.is_empty,
        "problems": [problem.as_json() for problem in plan.problems[:PROBLEMS_SHOWN]],
        "problem_count": len(plan.problems),
        "changes": _changes(plan),
    }


def _changes(plan: Plan, limit: int = 200) -> list[dict[str, str]]:
    """The first changes, line by line, as the page shows them."""
    rows = [
        {"what": _("新增"), "name": mandate.person.name, "detail": mandate.congress.name}
        for mandate in plan.mandates[:limit]
    ]
    rows += [
        {
            "what": _("改动"),
            "name": change.line.name,
            "detail": "；".join(_change_in_words(key, *pair) for key, pair in change.values.items() if _is_shown(key)),
        }
        for change in plan.changed[:limit]
    ]
    rows += [
        {"what": _("终止"), "name": mandate.person.name, "detail": line.mandate["ends_on"].isoformat()}
        for mandate, line in plan.endings[:limit]
    ]
    return rows[:limit]


def _is_shown(key: str) -> bool:
    return key not in ("pinyin", "initials")


def _change_in_words(key: str, before: object, after: object) -> str:
    header = next((column.header for column in DEPUTY_COLUMNS if column.key == key), key)
    if key in ("district", "electing_body"):
        return f"{header} → {after}"
    return f"{header} {before or _('空')} → {after}"
