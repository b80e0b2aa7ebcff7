"""The local network: this computer's addresses on it, and what phones are told about them."""

import json
import socket
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import ifaddr

from lianxin.ground.core.serving.authority import Authority, is_private
from lianxin.terminal import Failed

BEYOND = ("203.0.113.1", 9)  # never reached: a UDP socket only tells which address it would leave by


@dataclass
class Lan:
    """How the platform is reached from the local network while `lianxin run --lan` serves it."""

    addresses: list[str]
    host: str
    port: int
    plain_port: int

    @property
    def names(self) -> list[str]:
        """Every name and address that the certificate is for and that the server answers to."""
        return [*self.addresses, "127.0.0.1", self.host, f"{self.host}.local"]

    def page(self, address: str = "") -> str:
        """The address of the platform."""
        return f"https://{address or self.addresses[0]}:{self.port}/"

    def setup_page(self, address: str = "") -> str:
        """The address, without TLS, of the page that sets a phone up."""
        return f"http://{address or self.addresses[0]}:{self.plain_port}/setup/"

    def save(self, home: Path) -> None:
        """Keep this for the page that sets a phone up."""
        (home / "tls" / "lan.json").write_text(json.dumps(asdict(self)))


def served(home: Path) -> Lan | None:
    """How the platform in `home` is served to its network, or None when it is not."""
    file = home / "tls" / "lan.json"
    return Lan(**json.loads(file.read_text())) if file.exists() else None


def close(home: Path) -> None:
    """From now on the platform is not served to its network."""
    (home / "tls" / "lan.json").unlink(missing_ok=True)


def open_to(home: Path, port: int, plain_port: int, at: datetime) -> Lan:
    """Serve the platform to its network: certificate and authority are made or renewed as needed.

    Raises Failed when this computer is on no private network.
    """
    host = socket.gethostname().split(".")[0].lower()
    lan = Lan(addresses(), host, port, plain_port)
    if not lan.addresses:
        raise Failed(
            "这台电脑没有接入局域网，手机无法访问。请先连接网络，或去掉 --lan 再启动。",
            "This computer is on no local network, so no phone could reach it. Connect it first, or start without --lan.",
        )
    authority = Authority(home / "tls")
    authority.ensure(host, at)
    authority.certify(lan.names, at)
    lan.save(home)
    return lan


def addresses() -> list[str]:
    """This computer's private IPv4 addresses, the one it leaves by first."""
    found = [str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    private = [ip for ip in found if is_private(ip) and not ip.startswith(("127.", "169.254."))]
    first = _leaves_by()
    return sorted(dict.fromkeys(private), key=lambda ip: ip != first)


def _leaves_by() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(BEYOND)
        except OSError:  # no way out: any address is as good as the next
            return ""
        return str(probe.getsockname()[0])
