"""`lianxin`: the one entry of the command line.

`lianxin import roster FILE` runs the command `import_roster`: words are joined until they name a
command of the product. Options follow.
"""

import os
import sys

from lianxin.terminal import Failed, explained

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
    """Run the command named on the command line. What a person can mend is told in plain words, without a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.management import execute_from_command_line, get_commands

    from config.env import UnknownSetting
    from lianxin.ground.core.errors import RuleError

    try:
        assert settings.INSTALLED_APPS  # reads the settings
    except (UnknownSetting, ValueError) as wrong_setting:
        sys.exit(f"✗ {wrong_setting}")
    except OSError as error:
        sys.exit(f"✗ {explained(error)}")
    django.setup()  # before it, only Django's own commands are known
    name, rest = command_of(sys.argv[1:], set(get_commands()))
    try:
        execute_from_command_line(["lianxin", name, *rest])
    except (Failed, RuleError) as failure:
        sys.exit(f"✗ {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
