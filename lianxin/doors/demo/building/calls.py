"""Made-up calls for opinions: one that ended, with its result, and one that runs."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from lianxin.account.publishing.models import Call, Wording
from lianxin.account.publishing.models.call import Asked
from lianxin.account.publishing.models.wording import Words
from lianxin.doors.demo.building.newsroom import Newsroom, newsroom, on
from lianxin.ground.core.clock import today
from lianxin.ground.core.ids import new_id

OVER = "明年民生实事，您选哪几件"
OVER_TEXT = "镇人民代表大会明年要票决民生实事项目。先听听大家的：下面几件，哪几件最该办，还缺什么。"
OVER_ASKED: list[Asked] = [
    ("最该办哪几件？", "several", ["修村口的路", "装路灯", "建日间照料中心", "改造自来水管"]),
    ("办事的钱不够，先办哪一类？", "one", ["路和灯", "老人", "水"]),
    ("还缺什么？", "words", []),
]
NONSENSE = "啊啊啊啊啊"
SAID = (*("村口要有个候车的地方。", "学校门口放学时太挤。", "路灯坏了没有人修。", "", "", "") * 4, NONSENSE)
RESULT = """## 大家说了什么

四件都有人选，各有多少列在下面。自己写的里面，说得多的是候车的地方和校门口的秩序。

## 怎么采用

四件都列进候选项目，交镇人民代表大会票决。候车亭转交通部门研究，**明年3月底前**在这里答复。"""
RUNS = "集镇公园怎么用，听您的"
RUNS_TEXT = "集镇边上的空地要建一个小公园。放些什么、晚上几点关灯，请您说说。"
RUNS_ASKED: list[Asked] = [
    ("公园里最想要什么？", "several", ["步道", "孩子玩的地方", "健身器材", "遮雨的亭子"]),
    ("晚上几点关灯？", "one", ["9点", "10点", "不关"]),
    ("别的想法", "words", []),
]


def ask() -> None:
    """Two calls of the township's congress."""
    room, random, day = newsroom(), Random("calls"), today()
    begun, ended = day - timedelta(days=40), day - timedelta(days=12)
    over = on(begun, partial(_publish, room, OVER, OVER_TEXT, OVER_ASKED, ended))
    _answered(over, OVER_ASKED, random, begun, 43)
    on(ended + timedelta(days=1), lambda at: _hide_nonsense(over, room.reviewer.pk, at))
    told = on(ended + timedelta(days=2), partial(_told, over, room))
    on(ended + timedelta(days=3), partial(room.review, told))
    begun = day - timedelta(days=5)
    runs = on(begun, partial(_publish, room, RUNS, RUNS_TEXT, RUNS_ASKED, day + timedelta(days=15)))
    _answered(runs, RUNS_ASKED, random, begun, 14)


def _publish(room: Newsroom, title: str, text: str, asked: Sequence[Asked], until: date, at: datetime) -> Call:
    words, by = Words("calls", title, text), room.writer.pk
    made = Wording.begin(room.congress, words, id=new_id(), by=by, at=at)
    call = Call.ask(made.announcement, asked, opens_on=at.date(), closes_on=until, by=by, at=at)
    made.refresh_from_db()
    made.submit(edition=made.edition, by=by, at=at)
    room.review(made, at + timedelta(hours=1))
    return call


def _answered(call: Call, asked: Sequence[Asked], random: Random, begun: date, many: int) -> None:
    """So many people over the first days, not all to everything."""
    for number in range(many):
        told = {str(place): _chosen(kind, choices, random) for place, (_text, kind, choices) in enumerate(asked, 1)}
        said = {place: one for place, one in told.items() if one} or {"1": [1]}
        one = UUID(int=random.getrandbits(128), version=4)
        on(begun + timedelta(days=number % 5), partial(_answer, call, said, one))


def _answer(call: Call, said: dict[str, object], one: UUID, at: datetime) -> None:
    call.answer(said, id=one, region=None, at=at + timedelta(hours=2))


def _chosen(kind: str, choices: Sequence[str], random: Random) -> object:
    if not choices:
        return random.choice(SAID)
    places = range(1, len(choices) + 1)
    return [random.choice(places)] if kind == "one" else sorted(random.sample(places, random.randint(1, 2)))


def _hide_nonsense(call: Call, by: UUID, at: datetime) -> None:
    for answer in call.answers.all():
        if answer.told.get("3") == NONSENSE:
            answer.hide("乱写的，没有内容", by=by, at=at)


def _told(call: Call, room: Newsroom, at: datetime) -> Wording:
    made = call.write_results(f"征求意见的结果：{OVER}", RESULT, by=room.writer.pk, at=at)
    made.submit(edition=made.edition, by=room.writer.pk, at=at)
    return made
