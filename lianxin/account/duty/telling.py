"""Figures in words: the arithmetic of an item as one readable line, with its article."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.account.duty.language.counting import unit_words
from lianxin.account.duty.language.items import ItemRule
from lianxin.account.duty.language.numbers import in_figures
from lianxin.account.duty.language.regulation import ConsequenceRule, RegulationRule
from lianxin.ground.rulebook.problems import listed
from lianxin.ground.rulebook.showing import columns
from lianxin.lib.scoring.figures import CHECK, Figure, State, Step

Told = Callable[[Step, str], str]


def arithmetic(rule: RegulationRule, figure: Figure) -> str:
    """How a figure came about, as one line: 计4次；4 × 2 = 8分；至多6分；得6分。"""
    parts = [_TOLD[step.what](step, _unit(rule, figure.code)) for step in figure.steps]
    return _("；").join((*parts, outcome(rule, figure))) + _("。")


def outcome(rule: RegulationRule, figure: Figure) -> str:
    """What a figure came to: its points, that it waits and for what, that it is left out, or whether it is met."""
    if figure.state is State.LEFT_OUT:
        return _("没有应做的，不计入")
    if figure.state is State.NOT_ASKED:
        return _("不要求这一位")
    item = rule.items.get(figure.code)
    if figure.state is State.PENDING:
        points = {"points": in_figures(figure.points), "lacking": listed(_lacking(figure))}
        return _("暂得%(points)s分，等%(lacking)s") % points
    if item and item.gives is None:
        return (
            pgettext("要求", "做到了")
            if figure.is_met
            else _("没有做到，差%(count)s") % {"count": in_figures(figure.missing)}
        )
    return _("得%(points)s分") % {"points": in_figures(figure.points)}


def source(rule: RegulationRule, code: str) -> str:
    """The article of an item or of the total; that it is ours, where no paper gives it."""
    own = rule.items.get(code) or rule.total
    if own and own.article:
        return str(own.article)
    return _("由我们设定") if own and own.assumed else ""


def proposal(consequence: ConsequenceRule) -> str:
    """What is proposed to whom, why, and which statute limits it: nothing is done by itself."""
    told = {"name": consequence.called, "proposes": consequence.proposes, "to": consequence.to}
    source = f"（{consequence.article}）" if consequence.article else ""
    words = _("%(name)s%(source)s：提出%(proposes)s，由%(to)s决定。") % {**told, "source": source}
    return words + (_("法律的界限：%(law)s。") % {"law": consequence.law} if consequence.law else "")


def name(rule: RegulationRule, code: str) -> str:
    """What an item is called."""
    item = rule.items.get(code)
    return item.called if item else _("总分")


def _lacking(figure: Figure) -> Iterator[str]:
    words = {CHECK: _("核实"), "condition": _("别的项目")}
    for who in dict.fromkeys(figure.lacking):
        yield words.get(who) or _("%(who)s评分") % {"who": who}


def _unit(rule: RegulationRule, code: str) -> str:
    item: ItemRule | None = rule.items.get(code)
    if item is None or item.counts is None or item.counts.as_times:
        return unit_words("time")
    if item.counts.ties:
        return _("个对象")
    return unit_words(rule.records[item.counts.records[0]].unit)


def _percent(share: Fraction) -> str:
    return f"{in_figures(share * 100)}%" if (share * 100).denominator == 1 else in_figures(share)


def _one(words: Callable[[], str]) -> Told:
    return lambda step, unit: words() % {"points": in_figures(step.numbers[-1]), "unit": unit}


def _product(step: Step) -> str:
    count, each, points = map(in_figures, step.numbers)
    return _("%(count)s × %(each)s = %(points)s分") % {"count": count, "each": each, "points": points}


def _full(step: Step, unit: str) -> str:
    share, full, points = step.numbers
    told = {"share": _percent(share), "full": in_figures(full), "points": in_figures(points)}
    return _("完成%(share)s × %(full)s = %(points)s分") % told


def _missing(step: Step, unit: str) -> str:
    told = {"count": in_figures(step.numbers[0]), "unit": unit, "product": _product(step)}
    return _("差%(count)s%(unit)s：%(product)s") % told


def _beyond(step: Step, unit: str) -> str:
    told = {"count": in_figures(step.numbers[0]), "unit": unit, "product": _product(step)}
    return _("多%(count)s%(unit)s：%(product)s") % told


def _each_met(step: Step, unit: str) -> str:
    told = {"count": in_figures(step.numbers[0]), "product": _product(step)}
    return _("做到%(count)s期：%(product)s") % told


def _tiers(step: Step, unit: str) -> str:
    value, points = step.numbers
    return _("%(value)s在档内，%(points)s分") % {"value": in_figures(value), "points": in_figures(points)}


def _rated(step: Step, unit: str) -> str:
    *marks, points = step.numbers
    told = listed(f"{who}{in_figures(mark)}" for who, mark in zip(step.names, marks, strict=True))
    return _("评分：%(marks)s，合成%(points)s分") % {"marks": told, "points": in_figures(points)}


def _sum(step: Step, unit: str) -> str:
    *parts, points = step.numbers
    added = " + ".join(in_figures(part) if part >= 0 else f"({in_figures(part)})" for part in parts) or "0"
    return _("%(sum)s = %(points)s分") % {"sum": added, "points": in_figures(points)}


def _chosen(highest: bool) -> Told:
    def told(step: Step, unit: str) -> str:
        *parts, points = step.numbers
        words = {"parts": listed(map(in_figures, parts)), "points": in_figures(points)}
        return _("%(parts)s中最高的，%(points)s分") % words if highest else _("%(parts)s中最低的，%(points)s分") % words

    return told


def _rescaled(step: Step, unit: str) -> str:
    whole, left, points = map(in_figures, step.numbers)
    return _("按%(whole)s/%(left)s折算，%(points)s分") % {"whole": whole, "left": left, "points": points}


def _weighted(step: Step, unit: str) -> str:
    return _("乘以系数%(times)s，%(points)s分") % {
        "times": in_figures(step.numbers[0]),
        "points": in_figures(step.numbers[1]),
    }


def _rounded(step: Step, unit: str) -> str:
    return _("取到%(step)s，%(points)s分") % {
        "step": in_figures(step.numbers[0]),
        "points": in_figures(step.numbers[1]),
    }


_TOLD: Mapping[str, Told] = {
    "counted": lambda step, unit: _("计%(count)s%(unit)s") % {"count": in_figures(step.numbers[0]), "unit": unit},
    "base": _one(lambda: _("基础%(points)s分")),
    "each": lambda step, unit: _product(step),
    "full": _full,
    "met": _one(lambda: _("做到要求，%(points)s分")),
    "not_met": _one(lambda: _("没有做到要求，%(points)s分")),
    "each_met": _each_met,
    "missing": _missing,
    "beyond": _beyond,
    "tiers": _tiers,
    "rated": _rated,
    "adds": _sum,
    "highest_of": _chosen(highest=True),
    "lowest_of": _chosen(highest=False),
    "rescaled": _rescaled,
    "at_least": _one(lambda: _("至少%(points)s分")),
    "at_most": _one(lambda: _("至多%(points)s分")),
    "zeroed": _one(lambda: _("符合记零分的条件")),
    "weighted": _weighted,
    "rounded": _rounded,
}


def in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of words as lines of a terminal, where a Chinese character takes two columns; the first column is to the left."""
    widths = [max(map(columns, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        first, *others = ((cell, " " * (width - columns(cell))) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(["".join(first), *(f"{room}{cell}" for cell, room in others)]).rstrip()
