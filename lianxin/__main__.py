"""`lianxin`: the one entry of the command line.

`lianxin import roster FILE` runs the command `import_roster`: words are joined until they name a
command of the product. Options follow.
"""

import os
import sys
from difflib import get_close_matches

from lianxin.terminal import Failed, both, explained

COMMANDS = {  # what `lianxin help` lists: commands with what follows them, in Chinese and in English
    "run": ("启动平台：网页和后台作业", "start the platform: pages and worker"),
    "found PLACE": ("建立平台，不载入人员", "make the platform of a place, without people"),
    "demo PLACE": ("建立平台，载入虚构人员", "make the platform of a place, with made-up people"),
    "administrators": ("打印三位管理员的开通链接", "print the links of the three administrators"),
    "demo sign-ins": ("列出演示登录名", "list the sign-ins of the demonstration"),
    "check": ("平台好不好，要做什么", "is the platform well, and what is to be done"),
    "worker": ("只启动后台作业", "start the worker alone"),
    "rehearse SPAN": ("拨快演练平台的时钟", "put the clock of a rehearsal ahead"),
    "backup": ("备份成一个加密的文件", "back up into one encrypted file"),
    "restore FILE": ("恢复一份备份", "bring a backup back"),
    "upgrade": ("升级到新版本", "bring the data to a new version"),
    "verify": ("核对记录有没有被改动", "has anybody changed the record"),
    "seal": ("封存过完的日子；--list 列出根", "seal the days that are over; --list shows the roots"),
    "rebuild": ("从记录重建派生表", "make derived tables anew from the record"),
    "rebuild index": ("重建意见的检索", "make the index of opinions anew"),
    "vault key": ("造一把保险柜的密钥", "make a key of the vault"),
    "vault rotate": ("更换保险柜的密钥", "change the key of the vault"),
    "vault wipe": ("清除已销毁身份信息的残留", "wipe what is left of erased identities"),
    "rules check": ("检查规则预设，或一份办法的文件", "check presets of rules, or the file of a regulation"),
    "rules score FILE": ("按办法算分：--events 登记表.csv", "work out scores by a regulation: --events REGISTER.csv"),
    "rules explain FILE": ("说明得分是怎样来的", "tell how a score came about"),
    "rules what-if A B": ("换一份办法，每个人会怎样", "what another version would do, person by person"),
    "rules schema FOLDER": ("写出编辑器用的 JSON Schema", "write the JSON Schemas for editors"),
    "rules adopt PLACE": ("启用规则预设", "put a preset of rules into force"),
    "import roster FILE": ("导入名册", "import a roster"),
    "import opinions FILE": ("导入群众意见", "import opinions"),
    "export roster FILE": ("导出名册", "export the roster"),
    "import regions CODE": ("载入区划", "load the regions of a county, city or province"),
    "translations": ("编译各语言的文字", "compile the words of other languages"),
}
HELP = {"help", "--help", "-h"}
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


def overview() -> str:
    """Every command of the product, one a line, in the languages of this terminal."""
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  lianxin {command:<{width}}{both(*words, ' · ')}" for command, words in COMMANDS.items()]
    more = both(
        "一个命令的全部选项：lianxin 命令 --help。说明见 docs/operations.md。",
        "All options of a command: lianxin COMMAND --help. More in docs/operations.md.",
        "\n",
    )
    return "\n".join([*lines, "", more])


def unknown(word: str) -> str:
    """That there is no such command, the one that was meant where a word comes near, and where all are listed."""
    near = get_close_matches(word, COMMANDS, 1)
    return both(
        f"没有“{word}”这个命令。" + (f"是不是要 lianxin {near[0]}？" if near else "") + "全部命令：lianxin help",
        f"There is no command “{word}”. " + (f"Did you mean lianxin {near[0]}? " if near else "") + "All: lianxin help",
    )


def main() -> None:
    """Run the command named on the command line. What a person can mend is told in plain words, without a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.management import execute_from_command_line, get_commands
    from django.db import OperationalError

    from config.env import UnknownSetting
    from lianxin.ground.core.errors import RuleError
    from lianxin.ground.core.serving.home import database_failed

    try:
        assert settings.INSTALLED_APPS  # reads the settings
    except (UnknownSetting, ValueError) as wrong_setting:
        sys.exit(f"✗ {wrong_setting}")
    except OSError as error:
        sys.exit(f"✗ {explained(error)}")
    django.setup()  # before it, only Django's own commands are known
    name, rest = command_of(sys.argv[1:], set(get_commands()))
    if name in HELP and not rest:
        print(overview())
        return
    if name not in HELP | {"--version", "version", *get_commands()}:
        sys.exit(f"✗ {unknown(name)}")
    try:
        execute_from_command_line(["lianxin", name, *rest])
    except (Failed, RuleError) as failure:
        sys.exit(f"✗ {failure}")
    except OperationalError as error:
        sys.exit(f"✗ {database_failed(error)}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
