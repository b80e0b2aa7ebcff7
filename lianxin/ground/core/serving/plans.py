"""Which processes serve a platform: to this computer alone, or to the local network."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from lianxin.ground.core.serving import lan, ports
from lianxin.ground.core.serving.authority import Authority
from lianxin.ground.core.serving.watch import Plan
from lianxin.terminal import both

HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - the second is what --lan is for
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:lianxin.ground.core.serving.gunicorn_conf"]
LOADED = "lianxin.ground.core.serving.loading"
WORKER = [sys.executable, "-m", "lianxin", "worker"]
STOP = both("按 Ctrl-C 停止。", "Ctrl-C stops it.", " ")


def private(port: int, home: Path) -> Plan:
    """Web server and job worker for this computer alone, or for a reverse proxy on it."""
    lan.close(home)
    web = [*GUNICORN, "--bind", f"{HERE}:{port}"]
    address = f"http://localhost:{port}/"  # by its name: at an address in digits browsers allow no passkeys
    told = [f"连心桥  {address}", STOP]
    return Plan({"web": web, "worker": WORKER}, shares=LOADED, address=address, port=port, told=told)


def shared(port: int, home: Path, hosts: Iterable[str]) -> Plan:
    """The same over TLS for the local network, and without TLS the page that sets a phone up. Raises Failed."""
    net = lan.open_to(home, port, ports.next_free(port, EVERYWHERE), datetime.now(UTC))
    names = ",".join(dict.fromkeys([*hosts, *net.names]))
    setup = f"config.plain:app('{port}')"
    tls = ["--certfile", str(home / "tls" / "server.pem"), "--keyfile", str(home / "tls" / "server.key")]
    return Plan(
        {
            "web": [*GUNICORN, "--bind", f"{EVERYWHERE}:{port}", *tls],
            "setup": [*GUNICORN, "--bind", f"{EVERYWHERE}:{net.plain_port}", "--workers", "1", "--threads", "2", setup],
            "worker": WORKER,
        },
        environment={"web": {"LIANXIN_HTTPS": "yes", "LIANXIN_HOSTS": names}, "setup": {"LIANXIN_HOSTS": names}},
        address=net.page(),
        port=port,
        tls=True,
        told=[
            *(f"连心桥  {net.page(address)}" for address in net.addresses),
            both("手机首次使用，请先打开：", "A phone opens this first: ", " ") + net.setup_page(),
            both("请在手机上核对证书指纹：", "Compare the certificate's fingerprint on the phone: ", " "),
            f"  {Authority(home / 'tls').fingerprint}",
            STOP,
        ],
    )
