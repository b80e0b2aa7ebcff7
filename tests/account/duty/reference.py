"""A second, slow working-out of regulations, written from docs/presets.md alone.

It imports nothing of the product, counts day by day and row by row, and keeps nothing but what one sheet said of its items. It is
right where it is dull: the engine is held against it, and where the two differ the page decides.
"""

import functools
import itertools
import math
from datetime import date, timedelta
from fractions import Fraction

import yaml

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
CAPS = ("record", "day", "month", "quarter", "half_year", "year", "period")
YES, NO, UNTOLD, SILENT = "yes", "no", "untold", "silent"
NOTHING = {"points": Fraction(0), "met": None, "count": None, "share": None, "missing": None}


def read(text):
    """The regulation as plain data: groups, lists and words."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- the base loader makes nothing but words


def number(word):
    """`4`, `0.5`, `-2`, `2/3` or `90%`, exactly."""
    word = str(word).strip()
    if word.endswith("%"):
        return number(word[:-1]) / 100
    if "/" in word:
        above, below = word.split("/")
        return Fraction(above) / Fraction(below)
    return Fraction(word)


def listed(value):
    """One word or a list of them, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


# Days ------------------------------------------------------------------------------------------------------------------------------


def months_later(day, months):
    """The same day of a later month, or that month's last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(first + timedelta(day.day - 1), following - timedelta(1))


def parts(period, grain):
    """The period cut into parts of this grain, from its own start; the last one ends with the period."""
    start, end = period
    if grain in (None, "period"):
        return [period]
    found, nth = [], 0
    while months_later(start, nth * MONTHS[grain]) < end:
        first = months_later(start, nth * MONTHS[grain])
        found.append((first, min(end, months_later(start, (nth + 1) * MONTHS[grain]))))
        nth += 1
    return found


@functools.cache
def days(span):
    """Every day of a span, one by one."""
    start, end = span
    return [start + timedelta(n) for n in range((end - start).days)]


def within(day, span):
    return span[0] <= day < span[1]


def serves(person, day):
    since, until = person.get("from"), person.get("until")
    return (since is None or since <= day) and (until is None or day < until)


def obliged_share(book, person, part, period):
    """Which share of the part a person is asked for."""
    asked = [day for day in days(part) if serves(person, day)]
    if book["join"] == "full" and asked:
        asked = days(part)
    if book["join"] == "from_next_period" and person.get("from") and person["from"] > period[0]:
        asked = []
    for kind, first, end in person.get("leaves", []):
        if book.get("leave", {}).get(kind, {}).get("taken_off") == "true":
            asked = [day for day in asked if not within(day, (first, end))]
    return Fraction(len(asked), len(days(part)))


# Whom ------------------------------------------------------------------------------------------------------------------------------


def fits(person, traits):
    """Whether a person has these traits."""
    for key, wanted in (traits or {}).items():
        if key == "kind":
            good = person["kind"] == wanted
        elif key == "without":
            good = not fits(person, wanted)
        elif key == "leader":
            good = bool(person["traits"].get("leader")) == (wanted == "true")
        else:
            good = bool(set(listed(person["traits"].get(key))) & set(listed(wanted)))
        if not good:
            return False
    return True


# Counting --------------------------------------------------------------------------------------------------------------------------


def stands(row, counts):
    """Whether a row is one of those that are counted here."""
    roles = listed(counts.get("roles"))
    return row["record"] in listed(counts["records"]) and (not roles or row.get("role") in roles)


def worth(row, counts, rows):
    """What a row counts for its party, before any cap."""
    amount = Fraction(1) if counts.get("as_times") == "true" else row["quantity"]
    credit = counts.get("credit", "each")
    if credit == "split":
        return amount / len({other["party"] for other in rows if other["event"] == row["event"]})
    if credit == "lead_only":
        return amount if row.get("role") == "lead" else Fraction(0)
    if credit == "as_recorded":
        return amount * row["share"]
    return amount


def lowered(entries, spans, most):
    """In each span no more than so much; what came first counts first."""
    entries = list(entries)
    for span in spans:
        left = most
        for place, (day, amount) in enumerate(entries):
            if within(day, span):
                entries[place] = (day, min(amount, left))
                left -= entries[place][1]
    return entries


def capped(entries, caps, period, every):
    """What is left of (day, amount) under all caps, the finest first, that of the target last."""
    entries = sorted(entries)
    for cap in [cap for cap in CAPS if cap in caps]:
        most = number(caps[cap])
        if cap == "record":
            entries = [(day, min(amount, most)) for day, amount in entries]
        elif cap == "day":
            entries = lowered(entries, [(day, day + timedelta(1)) for day in days(period)], most)
        else:
            entries = lowered(entries, parts(period, cap), most)
    if "target" in caps:
        entries = lowered(entries, parts(period, every), number(caps["target"]))
    return entries


def with_targets(caps, asks):
    """The caps; where each target is asked, what one has too much does not help another."""
    if "toward" not in asks:
        return caps
    return caps | {"target": min(number(word) for word in (caps.get("target"), asks["at_least"]) if word is not None)}


def targets_of(row):
    """Toward whom a record was."""
    return [name for name in row.get("toward", "").split("、") if name]


def done(counts, rows, person, period, asks):
    """What a person did, in each of the parts that `every` names."""
    if counts is None:
        return [Fraction(0) for _ in parts(period, asks.get("every"))]
    counts = counts if isinstance(counts, dict) else {"records": counts}
    if "ties" in counts:
        return [Fraction(person["ties"].get(counts["ties"], 0)) for _ in parts(period, asks.get("every"))]
    caps = with_targets(counts.get("at_most", {}), asks)
    own = [
        row for row in rows if row["party"] == person["party"] and stands(row, counts) and within(row["day"], period)
    ]
    by_target = "target" in caps
    targets = sorted({name for row in own for name in targets_of(row)}) if by_target else [None]
    entries = []
    for target in targets:
        toward = [row for row in own if not by_target or target in targets_of(row)]
        entries += capped([(row["day"], worth(row, counts, rows)) for row in toward], caps, period, asks.get("every"))
    return [
        sum((amount for day, amount in entries if within(day, part)), Fraction(0))
        for part in parts(period, asks.get("every"))
    ]


# Asking ----------------------------------------------------------------------------------------------------------------------------


def figures(book, item, rows, person, period):
    """Count, share, missing and the rest of an item, without other items. `stands_for` is the share in points.

    `rows` are those of which `counts`, `out_of` and `less` are counted: they may be told apart.
    """
    asks = item.get("asks", {})
    did = done(item.get("counts"), rows["counts"], person, period, asks)
    found = {"count": sum(did), "share": None, "stands_for": None, "missing": None, "met": None, "each_met": 0}
    found |= {"beyond": Fraction(0), "left_out": False}
    if not asks:
        return found
    needs, whole = needed(book, item, rows, person, period)
    mosts = [number(asks.get("at_most", "0")) * (part if "out_of" in asks else 1) for part in whole]
    good = [had >= need for had, need in zip(did, needs, strict=True)]
    if "at_most" in asks:
        good = [fine and had <= most for fine, had, most in zip(good, did, mosts, strict=True)]
    found["met"] = all(good)
    if asks.get("if_nothing_required") == "zero" and ("at_least" in asks or "out_of" in asks):
        good = [fine and all_of_it > 0 for fine, all_of_it in zip(good, whole, strict=True)]
        if sum(whole) == 0 and found["met"]:
            found["met"] = None
    found["each_met"] = good.count(True)
    found["missing"] = sum((max(Fraction(0), need - had) for had, need in zip(did, needs, strict=True)), Fraction(0))
    if "at_most" in asks:
        found["beyond"] = sum((max(Fraction(0), had - most) for had, most in zip(did, mosts, strict=True)), Fraction(0))
    elif "at_least" in asks:
        found["beyond"] = sum((max(Fraction(0), had - need) for had, need in zip(did, needs, strict=True)), Fraction(0))
    if sum(whole) > 0:
        found["share"] = sum(min(had, all_of_it) for had, all_of_it in zip(did, whole, strict=True)) / sum(whole)
        found["stands_for"] = found["share"]
    elif "at_least" in asks or "out_of" in asks:
        otherwise = asks.get("if_nothing_required", "full")
        found["stands_for"] = {"full": Fraction(1), "zero": Fraction(0)}.get(otherwise)
        found["left_out"] = otherwise == "left_out"
    return found


def needed(book, item, rows, person, period):
    """What each part needs, and what the share is a share of: the need, or beside `out_of` what was held."""
    asks = item["asks"]
    least = number(asks.get("at_least", "0"))
    if "out_of" in asks:
        every = {"every": asks["every"]} if "every" in asks else {}
        held = done(asks["out_of"], rows["out_of"], person, period, every)
        less = done(asks.get("less"), rows["less"], person, period, every)
        held = [max(Fraction(0), so_many - excused) for so_many, excused in zip(held, less, strict=True)]
        return [least * so_many for so_many in held], held
    ties = person.get("ties", {}).get(asks["toward"], 0) if "toward" in asks else 1
    shares = [obliged_share(book, person, part, period) for part in parts(period, asks.get("every"))]
    if "ties" in item.get("counts", {}):
        shares = [1 if share else 0 for share in shares]
    needs = [least * ties * share for share in shares]
    return needs, needs


# Points ----------------------------------------------------------------------------------------------------------------------------


def between(value, edges):
    """Whether a number lies within edges."""
    for key, edge in edges.items():
        if key not in ("at_least", "at_most", "more_than", "less_than") or edge == "open":
            continue
        edge = number(edge)
        fine = {
            "at_least": value >= edge,
            "at_most": value <= edge,
            "more_than": value > edge,
            "less_than": value < edge,
        }
        if not fine[key]:
            return False
    return True


def tier(tiers, found):
    value = found["stands_for" if tiers["by"] == "share" else tiers["by"]]
    for row in tiers["rows"]:
        if between(value, row):
            return number(row["points"])
    return Fraction(0)


def mean(marks):
    return sum(marks) / len(marks)


def rated(rating, rows, person, period):
    """The marks, combined; nothing where a rater is waited for."""
    by_role = {}
    for role in rating["raters"]:
        marks = [
            number(rating["grades"][row["grade"]]) if "grades" in rating else row["quantity"]
            for row in rows
            if row["party"] == person["party"]
            and row["record"] == rating["record"]
            and row.get("role") == role
            and within(row["day"], period)
        ]
        if marks:
            by_role[role] = mean(marks)
        elif rating.get("if_missing") == "wait":
            return None
    return combined(rating, by_role) if by_role else None


def combined(rating, by_role):
    marks, way = sorted(by_role.values()), rating["combine"]
    if way == "weighted":
        shares = {role: number(rating["raters"][role]) for role in by_role}
        return sum(shares[role] * by_role[role] for role in by_role) / sum(shares.values())
    if way == "median":
        middle = len(marks) // 2
        return marks[middle] if len(marks) % 2 else (marks[middle - 1] + marks[middle]) / 2
    if way in ("min", "max"):
        return marks[0] if way == "min" else marks[-1]
    if way == "trimmed" and len(marks) >= 3:
        marks = marks[1:-1]
    return mean(marks)


def own_points(item, found, marks, person, period):
    """What `gives` names of the item itself, without other items; nothing where a rater is waited for."""
    gives = item.get("gives", {})
    points = Fraction(0)
    if "base" in gives:
        points += number(gives["base"])
    if "each" in gives:
        points += number(gives["each"]) * found["count"]
    if "full" in gives:
        points += number(gives["full"]) * found["stands_for"]
    if "met" in gives and found["met"]:
        points += number(gives["met"])
    if "each_met" in gives:
        points += number(gives["each_met"]) * found["each_met"]
    if "missing" in gives:
        points += number(gives["missing"]) * found["missing"]
    if "beyond" in gives:
        points += number(gives["beyond"]) * found["beyond"]
    if "tiers" in gives:
        points += tier(gives["tiers"], found)
    if "rated" in gives:
        mark = rated(gives["rated"], marks, person, period)
        return None if mark is None else points + mark
    return points


def weight(item, person):
    for one in item.get("weights", []):
        if fits(person, one["for"]):
            return number(one["times"])
    return Fraction(1)


def finished(item, points, zero, person):
    """Edges, then zeroing, then weight, then rounding."""
    if item.get("at_least", "open") != "open":
        points = max(points, number(item["at_least"]))
    if item.get("at_most", "open") != "open":
        points = min(points, number(item["at_most"]))
    if zero:
        points = Fraction(0)
    points *= weight(item, person)
    if "round" not in item:
        return points
    to, way = number(item["round"]["to"]), item["round"]["way"]
    steps = points / to
    if way == "up":
        return math.ceil(steps) * to
    if way == "down":
        return math.floor(steps) * to
    nearest = math.floor(abs(steps) + Fraction(1, 2))
    return (nearest if steps >= 0 else -nearest) * to


# A sheet ---------------------------------------------------------------------------------------------------------------------------


class Sheet:
    """One person's sheet. `now` are the rows that are confirmed, `then` those and the ones that wait."""

    def __init__(self, book, person, now, then, period):
        self.book, self.person, self.now, self.then, self.period = book, person, now, then, period
        self.told = {}

    def item(self, code):
        """State and figures of an item, worked out once."""
        if code not in self.told:
            self.told[code] = self.worked_out(code)
        return self.told[code]

    def worked_out(self, code):
        """State and figures of an item. It is pending if another one would come out were what waits confirmed, all or of one kind."""
        item = self.book["items"][code]
        if not fits(self.person, item.get("for")):
            state = "left_out" if item.get("asks", {}).get("if_nothing_required") == "left_out" else "not_asked"
            return NOTHING | {"state": state}
        now = self.of_rows(item, self.now, self.now, self.now, self.now)
        if self.then == self.now:
            return now
        hoped = [
            self.of_rows(item, self.then, self.then, self.then, self.then),
            self.of_rows(item, self.then, self.now, self.now, self.now),
            self.of_rows(item, self.now, self.then, self.now, self.now),
            self.of_rows(item, self.now, self.now, self.then, self.now),
            self.of_rows(item, self.now, self.now, self.now, self.then),
        ]
        if any(self.tells(code, one) != self.tells(code, now) for one in hoped):
            return now | {"state": "pending"}
        return now

    def tells(self, code, result):
        """What hangs on an item: its state, points and requirement, and each condition that reads it."""
        read = [of_figure(one, result) for one in conditions(self.book) if one["item"] == code]
        return (result["state"], result["points"], result["met"], read)

    def of_rows(self, item, counts, out_of, less, marks):
        """The item by these rows."""
        rows = {"counts": counts, "out_of": out_of, "less": less}
        found = figures(self.book, item, rows, self.person, self.period)
        result = {name: found[name] for name in ("met", "count", "share", "missing")} | {"points": Fraction(0)}
        if found["left_out"]:
            return result | {"state": "left_out"}
        if "gives" not in item:
            return result | {"state": "known"}
        if set(item["gives"]) <= {"adds", "highest_of", "lowest_of"} and self.all_left_out(item["gives"]):
            return result | {"state": "left_out"}
        others = self.from_others(item["gives"])
        zero = self.holds(item["zero_if"]) if "zero_if" in item else NO
        own = own_points(item, found, marks, self.person, self.period)
        if others is None or zero == UNTOLD or own is None:
            return result | {"state": "pending"}
        return result | {"state": "known", "points": finished(item, own + others, zero == YES, self.person)}

    def from_others(self, gives):
        """What comes from other items; nothing where one of them is pending."""
        points = Fraction(0)
        for key in ("adds", "highest_of", "lowest_of"):
            if key not in gives:
                continue
            codes = listed(gives[key])
            items = {code: self.item(code) for code in codes}
            if any(item["state"] == "pending" for item in items.values()):
                return None
            known = [item["points"] for item in items.values() if item["state"] == "known"]
            if key == "adds":
                points += sum(known) * self.rescaled(items)
            elif known:
                points += max(known) if key == "highest_of" else min(known)
        return points

    def all_left_out(self, gives):
        """Whether of all the items taken in that are asked, none is left."""
        states = {self.item(code)["state"] for codes in gives.values() for code in listed(codes)} - {"not_asked"}
        return states == {"left_out"}

    def rescaled(self, items):
        """By what a sum is multiplied for the items that are left out of it."""
        asked = [code for code, item in items.items() if item["state"] != "not_asked"]
        left = [code for code in asked if items[code]["state"] != "left_out"]
        if len(left) == len(asked) or not left:
            return Fraction(1)
        whole, rest = sum(self.most(code) for code in asked), sum(self.most(code) for code in left)
        return whole / rest if rest else Fraction(1)

    def most(self, code):
        """The most an item can be worth to this person: its upper edge, or all that it can give, weighted."""
        item = self.book["items"][code]
        if not fits(self.person, item.get("for")) and item.get("asks", {}).get("if_nothing_required") != "left_out":
            return Fraction(0)
        if item.get("at_most", "open") != "open":
            return number(item["at_most"]) * weight(item, self.person)
        gives = item.get("gives", {})
        most = sum(max(Fraction(0), number(gives[key])) for key in ("base", "full", "met") if key in gives)
        if "each_met" in gives:
            most += max(Fraction(0), number(gives["each_met"])) * len(parts(self.period, item["asks"].get("every")))
        if "each" in gives:
            counts = item["counts"] if isinstance(item["counts"], dict) else {}
            most += max(Fraction(0), number(gives["each"])) * number(counts.get("at_most", {}).get("period", "0"))
        if "tiers" in gives:
            most += max(Fraction(0), *(number(row["points"]) for row in gives["tiers"]["rows"]))
        if "rated" in gives:
            most += max(number(worth) for worth in gives["rated"].get("grades", {"": "0"}).values())
        for key in ("adds", "highest_of", "lowest_of"):
            worths = [self.most(inner) for inner in listed(gives.get(key)) if self.item(inner)["state"] != "not_asked"]
            if worths:
                most += {"adds": sum, "highest_of": max, "lowest_of": min}[key](worths)
        return most * weight(item, self.person)

    def holds(self, condition):
        """Whether a condition holds; where it cannot be told, by what it may come to, it is untold."""
        may = self.may_be(condition)
        if YES not in may:
            return NO
        return YES if may == {YES} else UNTOLD

    def may_be(self, condition):
        """Everything that a condition may come to. A silent one, on what is left out, never fires, whichever way it is turned."""
        if "all_of" in condition:
            answers = [self.may_be(one) for one in condition["all_of"]]
            return {first(one, (NO, SILENT, YES)) for one in itertools.product(*answers)}
        if "any_of" in condition:
            answers = [self.may_be(one) for one in condition["any_of"]]
            return {first(one, (YES, SILENT, NO)) for one in itertools.product(*answers)}
        if "not" in condition:
            return {{YES: NO, NO: YES, SILENT: SILENT}[answer] for answer in self.may_be(condition["not"])}
        return self.reads(condition)

    def reads(self, condition):
        """What a condition on one item may come to."""
        item = self.total() if condition["item"] == "total" else self.item(condition["item"])
        return {YES, NO} if item["state"] == "pending" else {of_figure(condition, item)}

    def total(self):
        """State and points of the total."""
        total = self.book["total"]
        adds = {"adds": total["adds"] if "adds" in total else summed(self.book)}
        if self.all_left_out(adds):
            return NOTHING | {"state": "left_out"}
        others = self.from_others(adds)
        zero = self.holds(total["zero_if"]) if "zero_if" in total else NO
        if others is None or zero == UNTOLD:
            return NOTHING | {"state": "pending"}
        return NOTHING | {"state": "known", "points": finished(total, others, zero == YES, self.person)}

    def is_complete(self):
        """Whether nothing on the sheet waits, and the total, where there is one, is known."""
        waits = any(self.item(code)["state"] == "pending" for code in self.book["items"])
        return not waits and ("total" not in self.book or self.total()["state"] == "known")

    def grade(self):
        """The place of the band before quotas; nothing where the sheet is incomplete."""
        return self.next_grade(0) if self.is_complete() else None

    def next_grade(self, place, within=True):
        """The place of the first band from this one on that takes the total and from which nothing bars."""
        for later, band in list(enumerate(self.book.get("bands", [])))[place:]:
            barred = "unless" in band and self.holds(band["unless"]) == YES
            if not barred and (not within or between(self.total()["points"], band)):
                return later
        return None


def of_figure(condition, item):
    """Whether a condition on one item holds of these figures; silent where there is nothing that it could hold of."""
    figure = next(name for name in ("points", "count", "share", "missing", "met") if name in condition)
    if item["state"] in ("left_out", "not_asked") or item[figure] is None:
        return SILENT
    if figure == "met":
        return YES if item["met"] == (condition["met"] == "true") else NO
    return YES if between(item[figure], condition[figure]) else NO


def conditions(book):
    """Every condition on one item, wherever it stands."""
    found = [one["zero_if"] for one in (*book["items"].values(), book.get("total", {})) if "zero_if" in one]
    found += [band["unless"] for band in book.get("bands", []) if "unless" in band]
    found += [one["when"]["if"] for one in book.get("consequences", {}).values() if "if" in one["when"]]
    while any("item" not in one for one in found):
        group = next(one for one in found if "item" not in one)
        found.remove(group)
        found += group.get("all_of", []) + group.get("any_of", []) + ([group["not"]] if "not" in group else [])
    return found


def first(answers, order):
    """The first of these words, in order, that is among the answers."""
    return next(word for word in order if word in answers)


def summed(book):
    """Every item that gives points and that no other takes in."""
    taken = set()
    for item in book["items"].values():
        for key in ("adds", "highest_of", "lowest_of"):
            taken |= set(listed(item.get("gives", {}).get(key)))
    return [code for code, item in book["items"].items() if "gives" in item and code not in taken]


# What follows ----------------------------------------------------------------------------------------------------------------------


def leads(when, party, sheets, grades):
    """Whether what is told of a party in one closed period leads to a consequence."""
    sheet = sheets[party]
    if not sheet.is_complete():
        return False
    if grades.get(party) in listed(when.get("grades")):
        return True
    if "last" in when:
        worse = [
            other
            for other in sheets.values()
            if other.is_complete() and other.total()["points"] < sheet.total()["points"]
        ]
        if len(worse) < number(when["last"]):
            return True
    return "if" in when and sheet.holds(when["if"]) == YES


def proposed(text, rows, people, periods):
    """For every party, the consequences proposed at the end of the last of these periods, which follow one another."""
    told = [work_out(text, rows, people, period) for period in periods]
    found = {}
    for party in told[-1]:
        found[party] = set()
        for code, one in read(text).get("consequences", {}).items():
            recent = told[-int(one.get("in_a_row", "1")) :]
            enough = len(recent) == int(one.get("in_a_row", "1"))
            if enough and all(party in period and code in period[party]["leads_to"] for period in recent):
                found[party].add(code)
    return found


# Everybody -------------------------------------------------------------------------------------------------------------------------


def closed(book, sheets):
    """The bands after the quotas: who is out of one has the next from which nothing bars them."""
    complete = {party: sheet for party, sheet in sheets.items() if sheet.is_complete()}
    places = {party: sheet.grade() for party, sheet in complete.items()}
    totals = {party: sheet.total()["points"] for party, sheet in complete.items()}
    for place, band in enumerate(book.get("bands", [])):
        if "at_most_of_all" not in band:
            continue
        room = math.floor(number(band["at_most_of_all"]) * len(complete))
        inside = [party for party in complete if places[party] == place]
        for party in inside:
            better = sum(totals[other] > totals[party] for other in inside)
            equal = sum(totals[other] == totals[party] for other in inside)
            stays = better < room if band["ties"] == "all_in" else better + equal <= room
            if not stays:
                places[party] = complete[party].next_grade(place + 1, within=False)
    return {party: None if place is None else book["bands"][place]["grade"] for party, place in places.items()}


def work_out(text, rows, people, period):
    """For every party that is concerned: its items, its total, its grade before quotas and after."""
    book = read(text)
    concerned = [
        person for person in people if fits(person, book["whom"]) and any(serves(person, day) for day in days(period))
    ]
    by_name = {person["party"]: person for person in concerned}
    rows = [row for row in rows if row["party"] in by_name and serves(by_name[row["party"]], row["day"])]
    now = [row for row in rows if row.get("state") in (None, "", "confirmed")]
    then = [row for row in rows if row.get("state") in (None, "", "confirmed", "waiting")]
    sheets = {person["party"]: Sheet(book, person, now, then, period) for person in concerned}
    scored = "total" in book
    bands = book.get("bands", [])
    after = closed(book, sheets) if scored else {}
    result = {}
    for party, sheet in sheets.items():
        place = sheet.grade() if scored else None
        result[party] = {
            "leads_to": {
                code for code, one in book.get("consequences", {}).items() if leads(one["when"], party, sheets, after)
            },
            "items": {code: sheet.item(code) for code in book["items"]},
            "total": sheet.total() if scored else None,
            "grade": None if place is None else bands[place]["grade"],
            "closed": after.get(party),
        }
    return result
