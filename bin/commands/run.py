"""bin/run: from a fresh clone to a running platform."""

import argparse
import os

from bin.commands import environment
from lianxin.terminal import both

PLACE = "dianjun"  # which place a first start is made for when none is named


def main(arguments: list[str]) -> int:
    """Prepare the environment, then become `lianxin run`."""
    options = parser().parse_args(arguments)
    environment.prepare()
    if options.database:
        os.environ["LIANXIN_DATABASE"] = options.database
    chosen = [f"--first-place={PLACE}", f"--port={options.port}"]
    chosen += [f"--place={options.place}"] if options.place else []
    chosen += [f"--{name}" for name in ("empty", "lan") if getattr(options, name)]
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "lianxin", "run", *chosen])


def parser() -> argparse.ArgumentParser:
    """The options, in both languages."""
    new = argparse.ArgumentParser(
        "./bin/run", description=both("在这台电脑上启动连心桥。", "Start Lianxin on this computer.", " ")
    )
    new.add_argument(
        "--place", help=both("首次启动时用哪个地方的规则", "the place whose rules a first start loads", " · ")
    )
    new.add_argument("--port", type=int, default=8000, help=both("端口，默认 8000", "port, 8000 when not given", " · "))
    new.add_argument("--empty", action="store_true", help=both("不载入虚构人员", "without made-up people", " · "))
    new.add_argument(
        "--lan",
        action="store_true",
        help=both("供同一网络的手机使用（TLS）", "for phones on the same network, over TLS", " · "),
    )
    new.add_argument(
        "--database", metavar="URL", help=both("数据库", "database", " · ") + ": sqlite:///FILE, postgres://…"
    )
    return new
