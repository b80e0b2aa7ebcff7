"""./bin/run --lan: phones on the same network reach the platform over TLS, and learn to trust it."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.commands.running import Run

pytestmark = pytest.mark.alone

SCRIPT = Path(__file__).with_name("local_network.py")
ALONE = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
PORT = 8443  # nothing else listens in a network of one's own


@pytest.fixture(scope="module")
def lan(clone, first_start, tmp_path_factory):
    """What a phone on the network of a computer with two private addresses is shown."""
    home = tmp_path_factory.mktemp("lan") / "home"
    shutil.copytree(first_start.variables["LIANXIN_HOME"], home)
    begin = ["./bin/run", "--lan", "--port", str(PORT)]
    look = Run(clone, [*ALONE, sys.executable, str(SCRIPT), str(home), str(PORT), *begin], {"LIANXIN_HOME": str(home)})
    try:
        assert look.ends(120) == 0, look.said
    finally:
        look.kill()
    return json.loads(look.said.splitlines()[-1]) | {"home": home}


def test_a_phone_reaches_the_platform_and_trusts_it(lan):
    assert lan["code"] == 0
    assert {answer["status"] for answer in [*lan["front"].values(), lan["front_alone"]]} == {200}
    for address in lan["front"]:
        assert f"https://{address}:{PORT}/" in lan["said"]


def test_the_page_that_sets_a_phone_up_needs_no_tls(lan):
    page = lan["setup"]["body"]
    assert lan["setup"]["status"] == 200
    assert f"https://10.20.30.40:{PORT}/" in page
    assert page.count("data:image/svg+xml") == 2
    assert f"http://192.168.77.2:{lan['plain_port']}/setup/" in lan["said"]


def test_the_certificate_to_install_is_the_authority_alone(lan):
    assert lan["certificate"]["type"] == "application/x-x509-ca-cert"
    assert lan["certificate"]["body"] == (lan["home"] / "tls" / "ca.pem").read_text()
    assert "PRIVATE" not in lan["certificate"]["body"]


def test_the_fingerprint_on_the_page_is_the_one_the_start_printed(lan):
    printed = next(line.strip() for line in lan["said"].splitlines() if len(line.split()) == 32)
    assert printed in lan["setup"]["body"]


def test_everything_else_without_tls_leads_to_tls(lan):
    assert lan["elsewhere"]["status"] == 307
    assert lan["elsewhere"]["location"] == f"https://192.168.77.2:{PORT}/accounts/login/"


def test_a_computer_on_no_network_says_so(start, home, port):
    run = start(*ALONE, "./bin/run", "--lan", "--port", port, LIANXIN_HOME=home)
    assert run.ends() == 1
    assert "on no local network" in run.said
