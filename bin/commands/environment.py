"""Makes what the product needs around it: .venv with locked packages, node_modules. A second time takes no time."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lianxin.terminal import Failed, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
SPACE_NEEDED = 1_500_000_000  # bytes that packages and their cache take while they are installed


def prepare(*, dev: bool = False) -> None:
    """Make or renew the environment; with `dev`, with what tests and checks need."""
    with alone():
        make_venv()
        install("build")
        install("dev" if dev else "run")
        install_front_end(dev)


@contextmanager
def alone() -> Iterator[None]:
    """Only one command at a time changes the environment; the next one waits."""
    with open(ROOT / ".prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """A virtual environment that works, made anew where the folder was moved or Python was replaced."""
    if works([PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    say("建立 Python 环境 .venv", "Making the Python environment .venv")
    need_space()
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], stdout=subprocess.DEVNULL).returncode:
        raise Failed(
            "无法建立 .venv：这台电脑的 Python 缺少 venv。请运行 sudo apt-get install python3-venv，再运行一次。",
            "Could not make .venv: Python has no venv here. Run sudo apt-get install python3-venv, then run this again.",
        )


def install(which: str) -> None:
    """Install requirements/<which>.txt, every file checked against its hash, unless that very list is installed."""
    stamp, content = VENV / f"lianxin-{which}", digest(f"requirements/{which}.txt")
    if stamp.exists() and stamp.read_text() == content:
        return
    say(
        f"安装 {which}.txt 中锁定的依赖（首次约需一两分钟）",
        f"Installing the locked packages of {which}.txt (a minute or two)",
    )
    need_space()
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    locked = [
        "--require-hashes",
        "--no-deps",
        "--no-build-isolation",
        "--use-pep517",
        "--requirement",
        f"requirements/{which}.txt",
    ]
    if subprocess.run([PYTHON, "-m", "pip", "install", *quiet, *locked], cwd=ROOT).returncode:
        raise Failed(
            "依赖没有装好，原因见上。请检查网络；需要镜像时先设置 PIP_INDEX_URL，再运行一次。",
            "The packages could not be installed, see above. Check the network, or set PIP_INDEX_URL to a mirror near you; "
            "then run this again.",
        )
    stamp.write_text(content)
    if which == "dev":  # dev.txt holds everything of run.txt at the same versions: bin/lock sees to it
        (VENV / "lianxin-run").write_text(digest("requirements/run.txt"))


def install_front_end(dev: bool) -> None:
    """Install package-lock.json by npm: the system's, or one from a Python package where the system has none."""
    stamp, content = MODULES / ".lianxin", digest("package-lock.json")
    wanted = [f"dev {content}"] if dev else [f"run {content}", f"dev {content}"]
    if stamp.exists() and stamp.read_text() in wanted:
        return
    environ = dict(os.environ)
    if not shutil.which("npm"):
        install("node")
        environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environ.get('PATH', '')}"
    say("安装前端与行政区划数据包", "Installing the packages of the front end and of the division codes")
    need_space()
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--silent"]
    if subprocess.run([*command, *([] if dev else ["--omit=dev"])], cwd=ROOT, env=environ, stdout=2).returncode:
        raise Failed(
            "npm 没有装好，原因见上。请检查网络；需要镜像时先设置 npm_config_registry，再运行一次。",
            "npm could not install its packages, see above. Check the network, or set npm_config_registry to a mirror near "
            "you; then run this again.",
        )
    stamp.write_text(wanted[0])


def need_space() -> None:
    """Refuse to begin what the disk cannot hold."""
    if (free := shutil.disk_usage(ROOT).free) < SPACE_NEEDED:
        raise Failed(
            f"磁盘空间不足：还剩 {free // 10**6} MB，安装需要 {SPACE_NEEDED // 10**6} MB。请腾出空间，再运行一次。",
            f"The disk is almost full: {free // 10**6} MB are left, and {SPACE_NEEDED // 10**6} MB are needed. "
            "Free some space, then run this again.",
        )


def works(command: Sequence[str | Path]) -> bool:
    """Whether the command can be run and ends well."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def digest(file: str) -> str:
    """SHA-256 of a file of the product, in hex."""
    return hashlib.sha256((ROOT / file).read_bytes()).hexdigest()
