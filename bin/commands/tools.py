"""Programs that browser and document tests need: a missing one fails, and says how it is installed."""

import os
import shutil
import subprocess

from lianxin.terminal import Failed, say

CHINESE_FONTS = "中文字体 / Chinese fonts"
PACKAGES = {
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
    CHINESE_FONTS: "fonts-noto-cjk",
}


def need_all() -> None:
    """Raise Failed where a program is missing; root on Debian installs it instead."""
    if not missing():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"安装测试需要的程序：{packages()}", f"Installing what the tests need: {packages()}")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages().split()]):
            subprocess.run(["apt-get", "--quiet=2", *words], env=quiet, stdout=subprocess.DEVNULL)
    if names := missing():
        command = f"sudo apt-get install {packages()}"
        raise Failed(
            f"缺少：{'，'.join(names)}。请运行 {command}，再运行一次。",
            f"Missing: {', '.join(names)}. Run {command}, then run this again.",
        )


def missing() -> list[str]:
    """What of PACKAGES is not on this computer."""
    return [name for name in PACKAGES if not (_has_chinese_fonts() if name == CHINESE_FONTS else shutil.which(name))]


def packages() -> str:
    """The Debian packages of what is missing."""
    return " ".join(PACKAGES[name] for name in missing())


def _has_chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True).stdout.strip())
