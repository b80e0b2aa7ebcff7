"""Regulations that nobody passed, right by construction, with registers and people that bring out their edges."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import yaml
from hypothesis import strategies as st

from tests.account.duty.reference import MONTHS, months_later, parts

SMALL = ("1", "2", "3", "4", "0.5", "1.5", "2/3", "5/2")
POINTS = ("1", "2", "2.5", "5", "1/3", "10")
RECORDS = {
    "visit": {"name": "走访"},
    "call": {"name": "电话联系"},
    "session": {"name": "出席", "unit": "half_day"},
    "held": {"name": "应到", "unit": "half_day"},
    "excused": {"name": "请假", "unit": "half_day"},
    "hours": {"name": "学习", "unit": "hour"},
    "given": {"name": "捐款", "unit": "yuan"},
    "mark": {"name": "评议"},
    "score": {"name": "打分", "unit": "point"},
}
STEPS = {"half_day": 1, "hour": 60, "yuan": 100, "point": 1000}
TIES = ["ties"]
COUNTED = (["visit"], ["visit", "call"], ["session"], ["hours"], ["given"], ["call"], TIES)
GRADES = {"好": "10", "中": "5.5", "差": "-1"}
RATERS = (
    {"group": "1"},
    {"group": "50%", "office": "1/2"},
    {"group": "0.4", "office": "0.3", "public": "30%"},
    {"group": "0.4", "office": "0.3", "public": "0.2", "self": "0.1"},
)
ROLES = ("", "lead", "cosigner", "member")
TOWARD = ("", "周家", "吴家", "郑家", "周家、吴家")
NAMES = ("甲", "乙", "丙", "丁")


class Plain(yaml.SafeDumper):
    """Writes everything out, the same thing twice where it stands twice."""

    def ignore_aliases(self, data):
        return True


def text_of(book):
    """The regulation as a file."""
    return yaml.dump(book, Dumper=Plain, allow_unicode=True, sort_keys=False, width=120)


def maybe(strategy, times=3):
    """Once in so many times something, else nothing."""
    return st.integers(1, times).flatmap(lambda number: strategy if number == times else st.none())


def written(**keys):
    """A group without the keys that have nothing."""
    return {key.rstrip("_"): value for key, value in keys.items() if value not in (None, [], {})}


# Periods


@st.composite
def periods(draw):
    """What stands under `period`, its days, and the grains of which some fill it."""
    if draw(st.integers(0, 4)) == 0:
        start = draw(st.sampled_from([date(2026, 1, 1), date(2024, 2, 29), date(2026, 1, 31), date(2025, 8, 16)]))
        end = start + timedelta(draw(st.sampled_from([1, 20, 59, 365])))
        if start.day <= 28 and draw(st.booleans()):
            end = months_later(start, draw(st.sampled_from([1, 3, 6, 9, 12])))
        book = {"from": start.isoformat(), "to": (end - timedelta(1)).isoformat()}
    else:
        months = draw(st.sampled_from([12, 12, 12, 24, 6, 3, 1, 9]))
        anchor = date(2000, *draw(st.sampled_from([(1, 1), (9, 1), (2, 28), (12, 15)])))
        start = months_later(anchor, 312 // months * months)
        end = months_later(start, months)
        book = {"every": f"{months}个月", "starts": f"{anchor:%m-%d}"}
    fills = [grain for grain in MONTHS if start.day <= 28 and _fills(start, end, grain)]
    return book, (start, end), fills


def _fills(start, end, grain):
    return any(months_later(start, number * MONTHS[grain]) == end for number in range(1, 25))


# Who


@st.composite
def traits(draw, *, outer=True):
    """Some of the parties."""
    kinds = {
        "township": st.sampled_from(["东", ["东", "西"]]),
        "trade": st.sampled_from(["农", ["农", "商"]]),
        "leader": st.booleans(),
        "level": st.sampled_from(["county", "township"]),
    }
    keys = draw(st.lists(st.sampled_from(list(kinds)), min_size=1, max_size=2 if outer else 1, unique=True))
    found = {key: draw(kinds[key]) for key in keys}
    without = draw(maybe(traits(outer=False))) if outer else None
    return found | ({"without": without} if without else {})


# What is counted and asked


@st.composite
def counts(draw, records, grains, *, targets=False):
    """What is counted: ties, records in short, or records with roles, credit and caps."""
    if records == TIES:
        return {"ties": "pairs"}
    if draw(st.integers(0, 3)) == 0:
        return records[0] if len(records) == 1 else records
    caps = {grain: draw(st.sampled_from(SMALL)) for grain in ("record", "day", *grains) if draw(st.integers(0, 3)) == 0}
    if targets and draw(st.integers(0, 3)) == 0:
        caps["target"] = draw(st.sampled_from(SMALL))
    return written(
        records=records if len(records) > 1 else records[0],
        roles=draw(maybe(st.lists(st.sampled_from(ROLES[1:]), min_size=1, max_size=2, unique=True))),
        credit=draw(maybe(st.sampled_from(["each", "split", "lead_only", "as_recorded"]), 2)),
        at_most=caps,
        as_times=draw(maybe(st.booleans())),
    )


@st.composite
def asks(draw, kind, every, grains):
    """A requirement of one of four kinds; the rest of it as it comes."""
    found = {"every": every} if every else {}
    if kind == "most":
        return found | {"at_most": draw(st.sampled_from(SMALL))}
    found["if_nothing_required"] = draw(st.sampled_from(["full", "zero", "left_out"]))
    if kind == "held":
        found["out_of"] = draw(counts(draw(st.sampled_from([["held"], ["held"], TIES])), grains))
        found |= written(less=draw(maybe(counts(["excused"], grains), 2)))
        found |= written(at_least=draw(maybe(st.sampled_from(["90%", "1/2", "1"]), 2)))
    else:
        found["at_least"] = draw(st.sampled_from(SMALL))
    if kind == "ties":
        found["toward"] = "pairs"
    most = ["90%", "1/2", "1"] if kind == "held" else ["3", "4", "5"]
    return found | written(at_most=draw(maybe(st.sampled_from(most), 4)))


# Points


@st.composite
def tiers(draw, by):
    """A table of which every row can be reached."""
    edges = draw(st.lists(st.sampled_from([Fraction(n, 2) for n in range(9)]), min_size=1, max_size=3, unique=True))
    low = draw(st.booleans())
    edges = sorted(edges, reverse=low)
    if by == "share":
        edges = [edge / 4 for edge in edges]
    key = draw(st.sampled_from(["at_least", "more_than"] if low else ["at_most", "less_than"]))
    rows = [{key: str(edge), "points": draw(st.sampled_from([*POINTS, "-1"]))} for edge in edges]
    return {"by": by, "rows": rows}


@st.composite
def gives(draw, kind, others):
    """Points by what the item has: `kind` is that of its requirement, nothing where it has none."""
    signed = st.sampled_from([*POINTS, "-1", "-2.5"])
    can = {"base": signed, "each": signed, "tiers": tiers("count")}
    if kind:
        can |= {"met": signed, "each_met": signed, "beyond": signed, "tiers": tiers("missing")}
    if kind in ("least", "held", "ties"):
        can |= {"full": st.sampled_from(POINTS), "tiers": st.sampled_from(["count", "missing", "share"]).flatmap(tiers)}
    if kind in ("least", "ties"):
        can["missing"] = st.sampled_from(["-1", "-0.5", "-2"])
    if others:
        can |= {key: st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True) for key in TAKING}
    keys = draw(st.lists(st.sampled_from(list(can)), min_size=1, max_size=3, unique=True))
    return {key: draw(can[key]) for key in keys}


TAKING = ("adds", "highest_of", "lowest_of")


@st.composite
def ratings(draw, record):
    """Marks of several raters."""
    return written(
        record=record,
        raters=draw(st.sampled_from(RATERS)),
        grades=GRADES if record == "mark" else None,
        combine=draw(st.sampled_from(["mean", "weighted", "median", "min", "max", "trimmed"])),
        if_missing=draw(st.sampled_from(["wait", "drop"])),
    )


@st.composite
def conditions(draw, items, depth=2):
    """A condition on some of these items."""
    how = draw(st.sampled_from(["item", "item", "all_of", "any_of", "not"])) if depth else "item"
    if how == "not":
        return {"not": draw(conditions(items, depth - 1))}
    if how != "item":
        return {how: draw(st.lists(conditions(items, depth - 1), min_size=1, max_size=3))}
    code = draw(st.sampled_from(sorted(items)))
    can = ["points", *(["count"] if "counts" in items[code] else [])]
    can += ["met", "met", "share", "missing"] if "asks" in items[code] else []
    figure = draw(st.sampled_from(can))
    if figure == "met":
        return {"item": code, "met": draw(st.booleans())}
    keys = draw(st.lists(st.sampled_from(["at_least", "at_most", "more_than", "less_than"]), min_size=1, max_size=2))
    return {"item": code, figure: {key: draw(st.sampled_from(["0", "0.5", "1", "2", "5"])) for key in keys}}


@st.composite
def worked(draw, before, *, bounded=False):
    """Edges, a zeroing condition, weights and rounding."""
    most = ["5", "10", "7.5"] if bounded else ["open", "5", "10", "20"]
    weights = [
        {"for": draw(traits()), "times": draw(st.sampled_from(["2", "1.5", "1/3"]))}
        for _ in range(draw(st.integers(0, 2)))
    ]
    return written(
        at_least=draw(st.sampled_from(["open", "0", "1", "-3"])),
        at_most=draw(st.sampled_from(most)),
        zero_if=draw(maybe(conditions(before), 4)) if before else None,
        weights=draw(maybe(st.just(weights))),
        round=draw(maybe(st.fixed_dictionaries({"to": st.sampled_from(["1", "0.5", "2/3"]), "way": WAYS}))),
    )


WAYS = st.sampled_from(["half_up", "up", "down"])


# Items


@st.composite
def items(draw, grains, before, rated):
    """One item; `before` are those it may lean on, `rated` the record of marks it may use."""
    found = written(name="项目", assumed=True, for_=draw(maybe(traits(), 5)))
    if rated:
        beside = draw(
            maybe(st.fixed_dictionaries({"counts": counts(["visit"], grains), "each": st.sampled_from(POINTS)}))
        )
        beside = beside or {}
        found |= written(counts=beside.pop("counts", None))
        return found | {"gives": beside | {"rated": draw(ratings(rated))}} | draw(worked(before))
    scored = [code for code, item in before.items() if "gives" in item]
    if scored and draw(st.integers(0, 2)) == 0:
        taken = draw(st.lists(st.sampled_from(scored), min_size=1, max_size=3, unique=True))
        block = {"gives": {draw(st.sampled_from(TAKING)): taken}}
        return found | block | draw(st.one_of(st.just({}), worked(before)))
    kind = draw(st.sampled_from(["", "least", "least", "held", "ties", "most"]))
    every = draw(st.sampled_from(["", *grains])) if kind else ""
    within = [grain for grain in grains if not every or MONTHS[grain] <= MONTHS[every]]
    within += [] if every else ["period"]
    countable = COUNTED[:-1] if kind == "ties" else COUNTED
    records = draw(st.sampled_from([["session"], TIES] if kind == "held" else countable))
    found["counts"] = draw(counts(records, within, targets=kind in ("", "least")))
    if kind:
        found["asks"] = draw(asks(kind, every, within))
    if kind and draw(st.integers(0, 4)) == 0:
        return found | {"follows": "约谈"}
    found["gives"] = draw(gives(kind, scored))
    bounded = found.get("asks", {}).get("if_nothing_required") == "left_out" or records == ["given"]
    return found | draw(worked(before, bounded=bounded))


@st.composite
def bands(draw, found):
    """Grades without a gap, the best first; some with conditions and quotas."""
    edges = sorted(draw(st.lists(st.sampled_from([-2, 0, 1, 2, 5, 8, 12]), min_size=1, max_size=3, unique=True)))[::-1]
    key, other = draw(st.sampled_from([("at_least", "less_than"), ("more_than", "at_most")]))
    rows = [{key: str(edge)} for edge in edges] + [{other: str(edges[-1])}]
    for above, row in zip(edges, rows[1:-1], strict=False):
        row |= {other: str(above)} if draw(st.booleans()) else {}
    quotas = draw(st.sampled_from([(), ("1/3", "1/3", "1/3"), ("0.25", "50%"), ("2/3",), ("0", "0.5")]))
    for number, row in enumerate(rows):
        row["grade"] = "甲乙丙丁"[number]
        row |= written(unless=draw(maybe(conditions(found | {"total": {}}))))
        if number < min(len(quotas), len(rows) - 1):
            row |= {"at_most_of_all": quotas[number], "ties": draw(st.sampled_from(["all_in", "none_in"]))}
    return rows


@st.composite
def consequences(draw, found, book):
    """What is proposed, by grades, places and conditions."""
    rows = {}
    for number in range(draw(st.integers(1, 2))):
        grades = [band["grade"] for band in book.get("bands", [])]
        can = {"if": conditions(found | ({"total": {}} if "total" in book else {}))}
        can |= {"last": st.integers(1, 3)} if "total" in book else {}
        can |= {"grades": st.lists(st.sampled_from(grades), min_size=1, max_size=2, unique=True)} if grades else {}
        keys = draw(st.lists(st.sampled_from(list(can)), min_size=1, max_size=2, unique=True))
        rows[f"talk{number}"] = written(
            name="约谈",
            assumed=True,
            when={key: draw(can[key]) for key in keys},
            in_a_row=draw(st.sampled_from([None, 1, 2, 2])),
            proposes="约谈",
            to="主任会议",
        )
    return rows


@st.composite
def regulations(draw):
    """A regulation as data, and the days of its period."""
    period, days, grains = draw(periods())
    found = {}
    marks = draw(st.permutations(["mark", "score", *[""] * 10]))
    for number in range(draw(st.integers(1, 5))):
        found[f"item{number}"] = draw(items(grains, dict(found), marks[number]))
    book = {
        "title": "青河县人大代表履职办法",
        "body": "青河县人大常委会",
        "in_force": {"from": "2000-01-01"},
        "assumed": True,
        "whom": {"kind": "mandate"} | (draw(maybe(traits(), 6)) or {}),
        "period": period,
        "join": draw(st.sampled_from(["prorate", "full", "from_next_period"])),
        "leave": {"sick": {"name": "病假", "taken_off": True}, "study": {"name": "学习", "taken_off": False}},
        "records": RECORDS,
        "items": {code: found[code] for code in draw(st.permutations(list(found)))},
    }
    scored = [code for code, item in found.items() if "gives" in item]
    if scored:
        adds = draw(maybe(st.lists(st.sampled_from(scored), min_size=1, unique=True), 4))
        book["total"] = written(assumed=True, adds=adds) | draw(worked(found))
        book |= written(bands=draw(maybe(bands(found), 2)))
    book |= written(consequences=draw(maybe(consequences(found, book), 2)))
    return book, days


# Registers and people


def edge_days(period):
    """Days on which something begins or ends, and those beside them."""
    start, end = period
    firsts = {start, end, start + (end - start) / 2}
    for grain in MONTHS:
        firsts |= {first for first, _end in parts(period, grain)} if start.day <= 28 else set()
    return sorted({first + timedelta(beside) for first in firsts for beside in (-1, 0, 1)})


@st.composite
def people(draw, days):
    """Some deputies."""
    some = st.sampled_from(days)
    found = []
    for name in NAMES[: draw(st.integers(1, len(NAMES)))]:
        since, until = sorted((draw(some), draw(some)))
        leaves = [
            (draw(st.sampled_from(["sick", "study"])), *sorted((draw(some), draw(some))))
            for _ in range(draw(st.integers(0, 2)))
        ]
        found.append(
            {
                "party": name,
                "kind": "mandate",
                "traits": written(
                    township=draw(st.sampled_from([["东"], ["西"], ["东", "西"], []])),
                    trade=draw(st.sampled_from([["农"], ["商"], []])),
                    level=draw(st.sampled_from([["county"], ["county"], ["township"]])),
                    leader=draw(st.booleans()) or None,
                ),
                "from": draw(maybe(st.just(since))),
                "until": draw(maybe(st.just(until + timedelta(1)))),
                "leaves": [(kind, first, last + timedelta(1)) for kind, first, last in leaves],
                "ties": {"pairs": draw(st.integers(0, 3))},
            }
        )
    return found


@st.composite
def events(draw, days, used, number):
    """One event, with a row for each party that stands in it."""
    record = draw(st.sampled_from(used))
    step = STEPS.get(RECORDS[record].get("unit"))
    marks = record in ("mark", "score")
    roles = ("group", "office", "public", "self") if marks else ROLES
    alike = {
        "event": f"事件{number}",
        "record": record,
        "at": datetime.combine(draw(st.sampled_from(days)), time(draw(st.integers(0, 23)))),
        "quantity": Fraction(
            draw(st.integers(0, 4)) * step if draw(st.booleans()) else draw(st.integers(0, 5 * step)), step
        )
        if step
        else Fraction(1),
        "toward": draw(st.sampled_from(TOWARD)),
        "grade": draw(st.sampled_from(sorted(GRADES))) if record == "mark" else "",
        "state": draw(st.sampled_from(["confirmed"] * 6 + ["waiting", "refused", "annulled"])),
    }
    parties = draw(st.lists(st.sampled_from([*NAMES, "外人"]), min_size=1, max_size=3, unique=True))
    shares = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(0)])
    return [
        alike | {"day": alike["at"].date(), "party": party, "role": draw(st.sampled_from(roles)), "share": draw(shares)}
        for party in parties
    ]


def records_of(book):
    """The records that something in a regulation counts."""
    text = text_of(book["items"])
    return [record for record in RECORDS if f" {record}\n" in text] or ["visit"]


@st.composite
def worlds(draw):
    """A regulation, a register, a list of people, a period."""
    book, period = draw(regulations())
    return book, *draw(lives(book, edge_days(period))), period


@st.composite
def lives(draw, book, days):
    """A register and a list of people, of these days."""
    used = records_of(book)
    rows = []
    for number in range(draw(st.integers(0, 14))):
        rows += draw(events(days, used, number))
    return rows, draw(people(days))


@st.composite
def histories(draw):
    """A regulation with something that follows, a register and people of one to three periods one after the other."""
    book, (start, end) = draw(regulations())
    if "consequences" not in book:
        book["consequences"] = draw(consequences(book["items"], book))
    months = (end.year - start.year) * 12 + end.month - start.month
    before = draw(st.integers(0, 2)) if "every" in book["period"] else 0
    starts = [months_later(start, -months * number) for number in range(before, -1, -1)]
    periods = list(zip(starts, [*starts[1:], end], strict=True))
    days = sorted({day for period in periods for day in edge_days(period)})
    return book, *draw(lives(book, days)), periods
