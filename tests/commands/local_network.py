"""Run by test_lan.py in a network namespace of its own: gives it two private addresses, then looks at what --lan serves.

Prints one line of JSON. Arguments: the port, then the command to start.
"""

import fcntl
import http.client
import json
import socket
import ssl
import struct
import subprocess
import sys
from pathlib import Path

ADDRESSES = ("192.168.77.2", "10.20.30.40")
SIOCSIFADDR, SIOCSIFFLAGS, IFF_UP = 0x8916, 0x8914, 0x1


def connect() -> None:
    """Raise the loopback interface with both addresses, as netdevice(7) says."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", IFF_UP, b""))
        for number, address in enumerate(ADDRESSES):
            place = struct.pack("HH4s8s", socket.AF_INET, 0, socket.inet_aton(address), b"")
            fcntl.ioctl(control, SIOCSIFADDR, struct.pack("16s16s", f"lo:{number + 1}".encode(), place))


def ask(connection: http.client.HTTPConnection, path: str) -> dict[str, object]:
    """What the server says to GET."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return {
        "status": answer.status,
        "location": answer.getheader("Location"),
        "type": answer.getheader("Content-Type"),
        "body": body.decode(),
        "cookies": answer.headers.get_all("Set-Cookie") or [],
    }


def look(home: Path, port: int) -> dict[str, object]:
    """Every page that a phone meets, over TLS checked against the authority, and without TLS."""
    plain = json.loads((home / "tls" / "lan.json").read_text())["plain_port"]
    trusting = ssl.create_default_context(cafile=home / "tls" / "ca.pem")
    return {
        "front": {a: ask(http.client.HTTPSConnection(a, port, context=trusting), "/") for a in ADDRESSES},
        "front_alone": ask(http.client.HTTPSConnection("127.0.0.1", port, context=trusting), "/"),
        "setup": ask(http.client.HTTPConnection(ADDRESSES[1], plain), "/setup/"),
        "certificate": ask(http.client.HTTPConnection(ADDRESSES[0], plain), "/setup/lianxin.crt"),
        "elsewhere": ask(http.client.HTTPConnection(ADDRESSES[0], plain), "/accounts/login/"),
        "plain_port": plain,
    }


def main() -> None:
    """Start, look, stop."""
    home, port, command = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    connect()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout
        said = []
        while "Ctrl-C" not in "".join(said[-1:]) and run.poll() is None:
            said.append(run.stdout.readline())
        seen = look(home, port) if run.poll() is None else {}
        run.terminate()
        said.append(run.stdout.read())
    print(json.dumps({"said": "".join(said), "code": run.returncode, **seen}))


if __name__ == "__main__":
    main()
