"""All the words with which backup, restore and upgrade say no. They speak to whoever keeps the machine."""

import errno
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.errors import RuleError


def local_minute(moment: str) -> str:
    """A moment that was written down (ISO 8601), as people of the place tell it: local, to the minute."""
    local = timezone.localtime(datetime.fromisoformat(moment), timezone.get_default_timezone())
    return date_format(local, _("Y年n月j日H:i"))


class NotMade(RuleError):
    """No backup was made; nothing of it is left behind."""


class NoSpace(NotMade):
    """The disk is full."""

    def __init__(self, folder: Path):
        super().__init__(
            _("没有备份成：磁盘满了（%(folder)s）。没写完的已经删掉，平台照常运行。请腾出空间，或用 --to 换一个地方。")
            % {"folder": folder}
        )


class NoPermission(NotMade):
    """The folder may not be written."""

    def __init__(self, folder: Path):
        super().__init__(
            _("没有备份成：不许写入%(folder)s。请让运行平台的用户可以写这个文件夹，或用 --to 换一个地方。")
            % {"folder": folder}
        )


class NotWritten(NotMade):
    """The system refused a write for another reason, which it names."""

    def __init__(self, folder: Path, why: str):
        super().__init__(
            _("没有备份成：写入%(folder)s时出错（%(why)s）。没写完的已经删掉，平台照常运行。")
            % {"folder": folder, "why": why}
        )


class NotReadBack(NotMade):
    """What was written cannot be read back."""

    def __init__(self, folder: Path):
        super().__init__(
            _(
                "没有备份成：写完后读不回来，%(folder)s所在的磁盘可能坏了。没写好的已经删掉。请换一个磁盘，用 --to 再来一次。"
            )
            % {"folder": folder}
        )


class NoAnswer(NotMade):
    """The database refused to be read."""

    def __init__(self, why: str):
        super().__init__(_("没有备份成：数据库没有读成（%(why)s）。请看数据库是否在运行，再来一次。") % {"why": why})


class DatabaseDamaged(NotMade):
    """The database itself is damaged, so a backup of it would be worth nothing."""

    def __init__(self, found: str):
        super().__init__(
            _("没有备份成：数据库自己已经损坏（%(found)s）。请停止平台，用 lianxin restore 恢复最近一份好的备份。")
            % {"found": found}
        )


class AlreadyMaking(NotMade):
    """Another process makes one at this moment."""

    def __init__(self) -> None:
        super().__init__(_("正在做另一份备份，请等它做完。"))


class NothingToKeep(NotMade):
    """There is no platform yet."""

    def __init__(self) -> None:
        super().__init__(_("没有备份：这里还没有平台，数据库是空的。"))


class NotRestored(RuleError):
    """Nothing was restored, and nothing that stood there before was touched."""


class NotABackup(NotRestored):
    """The file was not made by `lianxin backup`."""

    def __init__(self, file: Path):
        super().__init__(_("%(file)s不是连心桥的备份。请找 lianxin backup 写出的文件。") % {"file": file})


class UnknownFormat(NotRestored):
    """The file is of a later format."""

    def __init__(self, file: Path):
        super().__init__(_("%(file)s是更新的版本写出的备份，这个版本读不懂。请用那个版本来恢复。") % {"file": file})


class NoBackupKey(NotRestored):
    """There is no key to open backups with."""

    def __init__(self, place: Path):
        super().__init__(
            _("没有备份密钥，打不开备份。请把当时的密钥放回%(place)s，或写进 LIANXIN_BACKUP_KEY。") % {"place": place}
        )


class AnotherKey(NotRestored):
    """The backup was made with another key."""

    def __init__(self, file: Path, needed: str, found: str):
        super().__init__(
            _("%(file)s是用另一把密钥做的（要%(needed)s，现有%(found)s）。请放回做备份时的密钥。")
            % {"file": file, "needed": needed[:8], "found": found[:8]}
        )


class Damaged(NotRestored):
    """The file was changed, or is cut short; `member` is what was being read."""

    def __init__(self, file: Path, member: str):
        super().__init__(
            _("%(file)s已经损坏或不完整：读到“%(member)s”时对不上。现有的数据没有动。请换一份备份。")
            % {"file": file, "member": member}
        )


class AnotherEngine(NotRestored):
    """The backup is of the other kind of database."""

    def __init__(self, made: str, here: str):
        super().__init__(
            _("这份备份出自%(made)s，这里用的是%(here)s。请把 LIANXIN_DATABASE 改成同一种数据库。")
            % {"made": made, "here": here}
        )


class AnotherVersion(NotRestored):
    """The backup was made by a version whose tables this one does not know."""

    def __init__(self, version: str, migration: str):
        super().__init__(
            _(
                "这份备份出自版本%(version)s，现在的版本认不出它的表（没有%(migration)s）。请先用版本%(version)s恢复，再升级。"
            )
            % {"version": version, "migration": migration}
        )


class NotEmpty(NotRestored):
    """There is a platform already."""

    def __init__(self, where: str):
        super().__init__(
            _("这里已经有数据（%(where)s）。要用备份换下它，请加 --replace：旧的会挪到一边，不会删除。")
            % {"where": where}
        )


class InUse(NotRestored):
    """Somebody has the database open."""

    def __init__(self, where: str):
        super().__init__(
            _("%(where)s还有别的程序开着。请先停止平台、后台任务和别的工具，再来一次。") % {"where": where}
        )


class NotAllowedHere(NotRestored):
    """The database refuses to make or rename a schema."""

    def __init__(self, schema: str, why: str):
        super().__init__(
            _(
                "数据库不许新建或改名模式%(schema)s（%(why)s）。请让管理员授权，或把 LIANXIN_DATABASE 指向一个空的数据库。"
            )
            % {"schema": schema, "why": why}
        )


class CountsDiffer(NotRestored):
    """What was read back is not what was written."""

    def __init__(self, table: str, written: int, found: int):
        super().__init__(
            _("恢复出来的数据不对：%(table)s应有%(written)d行，实有%(found)d行。现有的数据没有动。")
            % {"table": table, "written": written, "found": found}
        )


class NoSuchFile(NotRestored):
    """There is no such file."""

    def __init__(self, file: Path):
        super().__init__(_("没有%(file)s这个文件。") % {"file": file})


class SystemRefused(NotRestored):
    """The system refused to read or write."""

    WORDS = {
        errno.ENOSPC: gettext_lazy("磁盘满了，请腾出空间"),
        errno.EDQUOT: gettext_lazy("磁盘配额用完了，请腾出空间"),
        errno.EACCES: gettext_lazy("没有权限，请让运行平台的用户可以读写"),
        errno.EROFS: gettext_lazy("磁盘是只读的，请换一个"),
    }

    def __init__(self, error: OSError):
        why = self.WORDS.get(error.errno or 0, error.strerror or str(error))
        where = f"（{error.filename}）" if error.filename else ""
        super().__init__(_("没有恢复成：%(why)s%(where)s，再来一次。") % {"why": why, "where": where})


class NotUpgraded(RuleError):
    """The upgrade stopped. The backup made before it, if there was anything to keep, holds everything."""

    def __init__(self, step: str, backup: str):
        told = [
            _("升级停在这一步：%(step)s。先不要启动平台。") % {"step": step},
            _("排除原因后再运行 lianxin upgrade，它会接着做。"),
        ]
        if backup:
            told.append(
                _("或者换回原来的版本，运行 lianxin restore %(backup)s --replace，回到升级前。") % {"backup": backup}
            )
        super().__init__("\n".join(told))


class UpgradeUnfinished(RuleError):
    """An upgrade was begun and not ended, so that the platform is not started."""

    def __init__(self, begun_at: str, backup: str):
        told = {"at": local_minute(begun_at), "backup": backup}
        super().__init__(
            _(
                "%(at)s开始的升级没有做完，现在不能启动。请再运行一次 lianxin upgrade，它会接着做；"
                "要回到升级前，请换回原来的版本，运行 lianxin restore %(backup)s --replace。"
            )
            % told
        )


class NoFile(NotRestored):
    """No file was named, and no restore waits to be ended."""

    def __init__(self) -> None:
        super().__init__(_("没有做到一半的恢复。请写出要恢复的备份文件：lianxin restore HOME/backups/….backup"))
