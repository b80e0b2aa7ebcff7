"""What the command line says before Django can speak: Chinese, and English where the terminal speaks no Chinese.

Standard library only: bin/run uses it before anything is installed.
"""

import errno
import os

LOCALE = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
CHINESE_ALONE = LOCALE.startswith("zh")

REASONS = {
    errno.ENOSPC: (
        "磁盘已满：{file}。请腾出一些空间，再运行一次。",
        "The disk is full: {file}. Free some space, then run this again.",
    ),
    errno.EDQUOT: (
        "用户的磁盘配额已用完：{file}。请腾出一些空间，再运行一次。",
        "The disk quota is used up: {file}. Free some space, then run this again.",
    ),
    errno.EACCES: (
        "没有权限写入 {file}。请换一个自己的文件夹，或请管理员授权。",
        "No permission to write {file}. Use a folder of your own, or ask for the right to write there.",
    ),
    errno.EROFS: (
        "{file} 所在的磁盘是只读的。请换一个可以写入的文件夹。",
        "The disk of {file} is read-only. Use a folder that can be written to.",
    ),
}
REASONS[errno.ENOTDIR] = REASONS[errno.EEXIST] = (
    "{file} 不能用：路径上有一个同名文件。请移走它，或换一个文件夹。",
    "{file} cannot be used: a file stands in its way. Move it, or use another folder.",
)
REASONS[errno.ENOENT] = (
    "{file} 无法建立或找不到。请换一个文件夹。",
    "{file} cannot be made or found. Use another folder.",
)
REASONS[errno.EPERM] = REASONS[errno.EACCES]


def both(chinese: str, english: str, between: str = "\n  ") -> str:
    """The text for this terminal."""
    return chinese if CHINESE_ALONE else f"{chinese}{between}{english}"


def say(chinese: str, english: str) -> None:
    """Tell which step begins."""
    print("›", both(chinese, english, " · "), flush=True)


class Failed(Exception):
    """A step failed. The text says what happened and what to do next."""

    def __init__(self, chinese: str, english: str):
        super().__init__(both(chinese, english))


def explained(error: OSError) -> str:
    """An error of the operating system in plain words; raises it again when there are none for it."""
    if error.errno not in REASONS:
        raise error
    chinese, english = REASONS[error.errno]
    return both(chinese.format(file=error.filename or "."), english.format(file=error.filename or "."))
