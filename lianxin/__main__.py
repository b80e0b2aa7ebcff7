"""`lianxin`: the one entry of the command line.

`lianxin import roster FILE` runs the command `import_roster`: words are joined until they name a
command of the product. Options follow.
"""

import os
import sys

WORDS = {"check": "doctor"}  # `check` is the operator's word; Django has a check of its own


def command_of(words: list[str], known: set[str]) -> tuple[str, list[str]]:
    """The command that the longest run of leading `words` names, and the words that are left.

    >>> command_of(["import", "roster", "a.xlsx"], {"import_roster"})
    ('import_roster', ['a.xlsx'])
    """
    for count in range(len(words), 0, -1):
        name = "_".join(words[:count]).replace("-", "_")
        name = WORDS.get(name, name)
        if name in known:
            return name, words[count:]
    return (words[0], words[1:]) if words else ("help", [])


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line, get_commands

    name, rest = command_of(sys.argv[1:], set(get_commands()))
    execute_from_command_line(["lianxin", name, *rest])


if __name__ == "__main__":
    main()
