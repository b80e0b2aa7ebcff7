"""Tasks that only tests put into the queue."""

import os
from pathlib import Path

from django_tasks import task


@task()
def leave_a_note(file: str) -> None:
    with Path(file).open("a") as out:
        out.write("x")


@task()
def bring_down_the_worker(file: str) -> None:
    with Path(file).open("a") as out:
        out.write("x")
    os._exit(9)
