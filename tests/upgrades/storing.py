"""A small platform, stopped and packed. `python -m tests.upgrades.storing` keeps that of the version to be released."""

import sys
import tarfile
from pathlib import Path

import lianxin
from tests.ground.vault.whole import Whole

STORE = Path(__file__).parent
FILL = """
from pathlib import Path
from tests.ground.people.workbooks import deputy, make_home, taken, workbook
make_home()
rows = [deputy(代表证号=f"{{n:03}}", 代表小组="石桥小组") for n in range(20)]
file = workbook(Path({folder!r}), rows)
taken(file)
file.unlink()
"""
HELD = """
from lianxin.ground.people.models import Mandate
print(json.dumps([Mandate.objects.count(), Event.objects.count()]))
"""
COLUMNS = """
with connection.cursor() as cursor:
    look = connection.introspection
    tables = {table: look.get_table_description(cursor, table) for table in look.table_names(cursor)}
print(json.dumps({table: sorted(column.name for column in columns) for table, columns in tables.items()}))
"""


def stored() -> dict[str, Path]:
    """The packed platforms by version, the oldest first."""
    packed = sorted(STORE.glob("*.tar.xz"), key=lambda file: list(map(int, version_of(file).split("."))))
    return {version_of(file): file for file in packed}


def version_of(file: Path) -> str:
    """0.1.0 for 0.1.0.tar.xz."""
    return file.name.removesuffix(".tar.xz")


def on_sqlite(home: Path) -> Whole:
    """The platform in this home."""
    return Whole(home, f"sqlite://{home}/lianxin.sqlite3")


def make(home: Path) -> Whole:
    """A platform of this version with twenty deputies, and every key it needs."""
    home.mkdir()
    platform = on_sqlite(home)
    platform.lianxin("vault", "key", "--save")
    platform.lianxin("migrate", "-v0")
    platform.python(FILL.format(folder=str(home)))
    platform.lianxin("backup")  # makes the key of backups
    return platform


def pack(platform: Whole, file: Path) -> None:
    """Keep database and keys, with names alone: nothing tells on which computer they were made."""
    with tarfile.open(file, "x:xz") as packed:
        for path in (platform.home / "lianxin.sqlite3", *sorted((platform.home / "keys").iterdir())):
            told = packed.gettarinfo(path, str(path.relative_to(platform.home)))
            told.uid, told.gid, told.uname, told.gname = 0, 0, "", ""
            with path.open("rb") as content:
                packed.addfile(told, content)


def unpack(file: Path, home: Path) -> Whole:
    """The platform as it was when it was packed. (Python 3.11.2, which Debian 12 has, knows no filter for extractall.)"""
    with tarfile.open(file) as packed:
        for told in packed:
            content, path = packed.extractfile(told), home / told.name
            assert content, f"{told.name} is no file."
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())
            path.chmod(0o600)
    return on_sqlite(home)


if __name__ == "__main__":
    import tempfile

    target = STORE / f"{lianxin.__version__}.tar.xz"
    with tempfile.TemporaryDirectory() as folder:
        pack(make(Path(folder) / "home"), target)
    sys.stdout.write(f"{target}\n")
