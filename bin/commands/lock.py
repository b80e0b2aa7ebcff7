"""bin/lock: writes requirements/*.txt and package-lock.json anew, with hashes and without addresses of registries."""

import subprocess

from bin.commands import environment
from lianxin.terminal import Failed, say

COMPILE = [
    "pip",
    "compile",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
]
NO_ADDRESSES = ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-build-options"]
NPM = [
    "npm",
    "install",
    "--package-lock-only",
    "--ignore-scripts",
    "--omit-lockfile-registry-resolved",
    "--no-audit",
    "--no-fund",
]


FORMER: dict[str, list[str]] = {
    "build": [],
    "run": ["build"],
    "node": [],
    "dev": ["build", "run"],
}  # what each list must agree with


def main(arguments: list[str]) -> int:
    """Lock again; versions stay as they are where they can, unless `--upgrade` or `--upgrade-package NAME` is given."""
    environment.prepare(dev=True)
    for name, former in FORMER.items():
        say(f"锁定 requirements/{name}.txt", f"Locking requirements/{name}.txt")
        files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
        agree = [word for other in former for word in ("--constraints", f"requirements/{other}.txt")]
        run([str(environment.VENV / "bin" / "uv"), *COMPILE, *NO_ADDRESSES, "--quiet", *files, *agree, *arguments])
    say("锁定 package-lock.json", "Locking package-lock.json")
    run(NPM)
    return 0


def run(command: list[str]) -> None:
    """Run the command in the project's folder; raises Failed when it fails."""
    if subprocess.run(command, cwd=environment.ROOT).returncode:
        raise Failed("没有锁好，原因见上。", "Could not be locked, see above.")
