"""bin/bench: measures, and prints a table."""

import os

from bin.commands import environment


def main(arguments: list[str]) -> int:
    """Prepare the environment with what measuring needs, then become `python -m bench`."""
    environment.prepare(dev=True)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "bench", *arguments])
