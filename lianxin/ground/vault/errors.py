"""All the words with which the vault says no."""

from pathlib import Path

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class KeyDoesNotFit(RuleError):
    """The master key that is needed is not among those at hand."""

    def __init__(self, needed: str, found: list[str]):
        names = "、".join(fingerprint[:8] for fingerprint in found) or _("一把也没有")
        super().__init__(
            _(
                "保险柜的密钥对不上：已有的身份信息要用密钥%(needed)s，现有的是：%(found)s。"
                "请把那一把放回 LIANXIN_VAULT_KEY 或 HOME/keys/vault_key（别的机器造的，就从那里拷来），不要换新的。"
            )
            % {"needed": needed[:8], "found": names}
        )


class NoVaultKey(RuleError):
    """No key is given, and none may be made."""

    def __init__(self, place: Path):
        super().__init__(
            _(
                "还没有保险柜的密钥。第一台机器：请运行 lianxin vault key --save 造一把。"
                "用同一个 PostgreSQL 数据库的其他机器：请把那一把拷到 %(place)s，或写进 LIANXIN_VAULT_KEY。"
            )
            % {"place": place}
        )


class SealBroken(RuleError):
    """What is kept was changed, or moved to another row."""

    def __init__(self) -> None:
        super().__init__(_("这份身份信息打不开：存着的内容被改动过。请告诉系统管理员，用备份核对。"))


class NothingTold(RuleError):
    """There is nothing to keep."""

    def __init__(self) -> None:
        super().__init__(_("姓名和联系方式都是空的，没有要保存的。"))


class NotKept(RuleError):
    """The voice is anonymous, or nothing was kept."""

    def __init__(self) -> None:
        super().__init__(_("这一位没有留下姓名和联系方式。"))


class AlreadyErased(RuleError):
    """The identity was destroyed."""

    def __init__(self) -> None:
        super().__init__(_("这一位的身份信息已经按规定销毁，看不到，也不能再保存。"))


class MayNot(RuleError):
    """Not allowed; the text is the answer of access."""


class ReasonMissing(RuleError):
    """The reason is missing or too short to say anything."""

    def __init__(self) -> None:
        super().__init__(_("请写明为什么要看，至少四个字，例如“回电核实路灯位置”。复核的人会看到。"))


class OwnOpening(RuleError):
    """Nobody judges their own opening."""

    def __init__(self) -> None:
        super().__init__(_("这是您自己查看的，要由另一个人复核。"))


class NoteMissing(RuleError):
    """Not justified, but it is not said why."""

    def __init__(self) -> None:
        super().__init__(_("结论是“理由不足”时，请写明哪里不足，好让查看的人知道。"))


class AlreadyReviewed(RuleError):
    """Somebody has judged it."""

    def __init__(self) -> None:
        super().__init__(_("这一次查看已经复核过了，不用再复核。"))


class NoWayToReach(RuleError):
    """The voice left no address of this kind."""

    def __init__(self) -> None:
        super().__init__(_("这一位没有留下这种联系方式，请换一种。"))


class NotDelivered(RuleError):
    """Sending failed. Says nothing of the address, nor of what the channel said, which might quote it."""

    def __init__(self, channel: str, kind: str):
        super().__init__(_("没有送出去（%(channel)s，%(kind)s）。稍后会再试。") % {"channel": channel, "kind": kind})


class NothingToRotate(RuleError):
    """Everything is under the key that is given."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "没有要更换的：数据已经在用 LIANXIN_VAULT_KEY 里的密钥。要换新的，请运行 lianxin vault key 造一把，"
                "写进 LIANXIN_VAULT_KEY，把原来的移到 LIANXIN_VAULT_KEY_OLD，重启平台后再来。"
            )
        )


class NothingKeptYet(RuleError):
    """No key is in use."""

    def __init__(self) -> None:
        super().__init__(_("还没有保存过身份信息，没有要更换的密钥。"))


class ReadersInTheWay(RuleError):
    """The remains of what was erased could not be taken away, because somebody was reading."""

    def __init__(self) -> None:
        super().__init__(_("现在有人在读数据库，没有清除完，请稍后再运行一次。"))
