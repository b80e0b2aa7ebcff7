"""What a first start puts into an empty database."""

from django.core.management import call_command
from django.db import transaction

from lianxin.ground.core.models import Platform
from lianxin.terminal import Failed, say


def fill(*, place: str, first_place: str, empty: bool) -> bool:
    """Make the platform of `place` (or else of `first_place`) where there is none; with made-up people unless `empty`.

    All or nothing: a first start that is cut off leaves the database as empty as it was. Returns whether it was made
    now; raises Failed where the database is that of another place.
    """
    if platform := Platform.objects.first():
        _need_same_place(platform.preset, place)
        return False
    chosen = place or first_place
    if not chosen:
        raise Failed("请写明地方：--place 名称。", "Say which place this is for: --place NAME.")
    if empty:
        say(f"建立平台：{chosen}，不载入人员", f"Making the platform of {chosen}, without people")
    else:
        say(
            f"建立平台：{chosen}，载入虚构人员（首次约需一两分钟）",
            f"Making the platform of {chosen} with made-up people (a minute or two)",
        )
    with transaction.atomic():
        call_command("found" if empty else "demo", chosen)
    return True


def _need_same_place(held: str, asked: str) -> None:
    if asked and asked != held:
        raise Failed(
            f"这里已经是 {held} 的平台，不能改为 {asked}。要另开一个：LIANXIN_HOME=var/{asked} ./bin/run --place {asked}",
            f"This is the platform of {held} and cannot become that of {asked}. To open another one: "
            f"LIANXIN_HOME=var/{asked} ./bin/run --place {asked}",
        )
