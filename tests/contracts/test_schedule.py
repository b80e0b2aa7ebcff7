"""docs/operations.md lists every job of the worker with its time, and no other."""

import re

from lianxin.ground.core.jobs import all_jobs
from tests.contracts.sources import ROOT

ROW = re.compile(r"^\| (.+) \| `([a-z_]+\.[a-z_]+)` \| (.{10,}) \|$", re.MULTILINE)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def told():
    text = (ROOT / "docs" / "operations.md").read_text()
    return ROW.findall(text[text.index("**Schedule.**") : text.index("**Digest.**")])


def when(job):
    if job.every:
        return f"every {int(job.every.total_seconds()) // 60} minutes"
    day = "daily" if job.weekday is None else DAYS[job.weekday]
    return f"{day} {job.at.hour}:{job.at:%M}"


def test_every_job_is_listed_with_its_time():
    assert {name: at for at, name, _does in told()} == {job.name: when(job) for job in all_jobs()}
