"""Runs the command that bin/_python was called for, and tells in plain words why it could not."""

import sys
from importlib import import_module

from lianxin.terminal import Failed, explained


def main() -> int:
    """Run `bin.commands.<name>.main`; its answer is the exit code."""
    name, *arguments = sys.argv[1:]
    try:
        return import_module(f"bin.commands.{name}").main(arguments)
    except Failed as failure:
        print(f"\n✗ {failure}", file=sys.stderr)
    except OSError as error:
        print(f"\n✗ {explained(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
