"""The home of a platform before it starts: room to write, and nobody else on its database."""

import fcntl
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import OperationalError

from lianxin.terminal import Failed, both

SPACE_NEEDED = 200_000_000  # bytes: below that a day's work may no longer fit
PATIENCE_S = 5.0  # how long the processes of a killed run may take to end


def need_room(home: Path) -> None:
    """Raise Failed where the home cannot be written to or its disk is nearly full."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / ".probe"
        probe.write_bytes(b"x")
        probe.unlink()
    except (FileExistsError, NotADirectoryError):
        raise Failed(
            f"{home} 不能作为数据文件夹：路径上有一个同名文件。请移走它，或用 LIANXIN_HOME 指定另一个文件夹。",
            f"{home} cannot hold the platform: a file stands in its way. Move it, or name another folder in LIANXIN_HOME.",
        ) from None
    if (free := shutil.disk_usage(home).free) < SPACE_NEEDED:
        raise Failed(
            f"磁盘快满了：{home} 还剩 {free // 10**6} MB，至少需要 {SPACE_NEEDED // 10**6} MB。请腾出空间后再启动。",
            f"The disk is almost full: {free // 10**6} MB are left for {home}, and {SPACE_NEEDED // 10**6} MB are needed. "
            "Free some space, then start again.",
        )


def hold(database: Mapping[str, Any]) -> int | None:
    """Take the SQLite file of Django's `database` for this process and its children alone, as long as any of them lives.

    Returns the descriptor that holds it, or None for PostgreSQL, which serves many by itself. Raises Failed when
    another platform runs on the file. The kernel lets go when a process dies: nothing stale stays behind.
    """
    if not database["ENGINE"].endswith("sqlite3"):
        return None
    file = f"{database['NAME']}.lock"
    lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + PATIENCE_S
    while not _taken(lock):
        if time.monotonic() > until:
            other = os.read(lock, 20).decode() or "?"
            os.close(lock)
            raise Failed(
                f"连心桥已经在运行（进程 {other}），正在使用 {database['NAME']}。一个数据库文件只能由一个平台使用："
                "请先停止它，或用 LIANXIN_HOME 指定另一个文件夹。",
                f"Lianxin is running already (process {other}) on {database['NAME']}. One database file serves one platform: "
                "stop that one first, or name another folder in LIANXIN_HOME.",
            )
        time.sleep(0.1)
    os.truncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    os.set_inheritable(lock, True)
    return lock


def database_failed(error: OperationalError) -> str:
    """What to tell a person when the database cannot be worked on at the start."""
    if "full" in str(error):
        return both(
            "磁盘已满，数据库无法写入。请腾出空间后再启动。",
            "The disk is full, so the database cannot be written. Free some space.",
        )
    return both(
        f"无法使用数据库：{error}\n  请检查 LIANXIN_DATABASE 与数据库服务，然后再启动。",
        f"The database cannot be used: {error}\n  Check LIANXIN_DATABASE and the database server, then start again.",
    )


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
