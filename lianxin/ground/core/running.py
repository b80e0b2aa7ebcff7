"""Who is at work on this home: many may run, one alone may restore or upgrade.

The lock is held by the operating system for the life of a process, so that nothing stays locked after a crash.
"""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError

_held: list[int] = []
_refusals: list[Callable[[], None]] = []


class NotWritable(RuleError):
    """The home may not be written, so that nobody can say there that they are at work."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            _("不许写入%(home)s。请让运行平台的用户可以写这个文件夹，或改 LIANXIN_HOME。") % {"home": home}
        )


class StillRunning(RuleError):
    """Somebody works on this home, so that nobody may replace what they work on."""

    def __init__(self, home: Path) -> None:
        super().__init__(_("平台还在运行（%(home)s）。请先停止它和后台任务，再来一次。") % {"home": home})


class BeingReplaced(RuleError):
    """A restore or an upgrade is under way on this home."""

    def __init__(self, home: Path) -> None:
        super().__init__(_("正在恢复或升级（%(home)s），这时不能启动。请等它做完。") % {"home": home})


class HalfReplaced(RuleError):
    """A restore was killed while the platform that came back and the one it replaces changed places."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "上次恢复停在最后一步：新旧数据正在对换，两份都还在。"
                "请运行 lianxin restore（不写文件）或 lianxin run，会把它换完，只要几秒。"
            )
        )


def half_replaced() -> Path:
    """The note that stands while two platforms change places (backups/changing.py)."""
    return Path(settings.HOME) / "restoring.json"


def refuse_by(refusal: Callable[[], None]) -> None:
    """From now on, ask this before pages are served or jobs are run; it raises a RuleError where that must not be."""
    if refusal not in _refusals:
        _refusals.append(refusal)


def refuse_unready() -> None:
    """Raise the RuleError of the first refusal that has a reason. For the start of whatever serves."""
    for refusal in _refusals:
        refusal()


def hold() -> None:
    """This process works on the home until it ends. Raises BeingReplaced during a restore or an upgrade, HalfReplaced."""
    if _held:
        return
    if half_replaced().exists():
        raise HalfReplaced
    lock = _open()
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise BeingReplaced(settings.HOME) from None
    _held.append(lock)


@contextmanager
def alone() -> Iterator[None]:
    """Inside the block nobody else works on the home. Raises StillRunning."""
    lock = _open()
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillRunning(settings.HOME) from None
        yield
    finally:
        os.close(lock)


def _open() -> int:
    home = Path(settings.HOME)
    try:
        home.mkdir(parents=True, exist_ok=True)
        return os.open(home / "running.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NotWritable(home) from None
        raise
