"""Presets for tests: made of a few lines, over a law of a few lines."""

from datetime import timedelta
from textwrap import dedent
from uuid import UUID

import pytest
from django.conf import settings

from lianxin.ground.core.clock import now, today
from lianxin.ground.rulebook.bases import begun_with
from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.loading import BASE, load_texts
from lianxin.ground.rulebook.models import RulebookVersion, RulesProposal
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.problems import Problem

LAW_PAGE = """\
name: 法律
papers:
  代表法: {title: 代表法, dated: 2025-03-11}
  地方组织法: {title: 地方组织法, dated: 2022-03-11}
"""
FIRST_PAGE = """\
name: 青河县
division: 990101
level: county
platform: 青河县代表平台
body: 青河县人民代表大会
in_force: {from: 2026-01-01}
adopted_by: 由办公室填写
papers:
  接待办法: {title: 青河县代表接待办法, dated: 2025-12-01}
"""


def make_texts(*, law: dict[str, str] | None = None, **place: str) -> dict[str, str]:
    """The files of a preset called qinghe: its sections by name, over the law's; the first pages are there."""
    texts = {
        f"{BASE}/preset.yaml": LAW_PAGE,
        f"{BASE}/roles.yaml": (settings.ROOT / "presets" / BASE / "roles.yaml").read_text(),
        "qinghe/preset.yaml": FIRST_PAGE,
    }
    texts |= {f"{BASE}/{section}.yaml": dedent(text) for section, text in (law or {}).items()}
    return texts | {f"qinghe/{section}.yaml": dedent(text) for section, text in place.items()}


def make_preset(*, law: dict[str, str] | None = None, **place: str) -> Preset:
    """The preset of these sections."""
    return load_texts("qinghe", make_texts(law=law, **place))


def refused(texts: dict[str, str]) -> list[Problem]:
    """Every mistake for which the preset of these files is refused."""
    with pytest.raises(RulesRefused) as caught:
        load_texts("qinghe", texts)
    return list(caught.value.problems)


def problems_of(*, law: dict[str, str] | None = None, **place: str) -> list[Problem]:
    """Every mistake for which the preset of these sections is refused."""
    return refused(make_texts(law=law, **place))


def only_problem_of(*, law: dict[str, str] | None = None, **place: str) -> Problem:
    """The one mistake for which the preset of these sections is refused."""
    (problem,) = problems_of(law=law, **place)
    return problem


def make_proposal(by: UUID) -> RulesProposal:
    """Rules in force with one word changed, which this person proposed for tomorrow."""
    running = RulebookVersion.objects.get(body_id=None, in_force_to=None)
    names = running.files[f"{running.preset}/names.yaml"] + "  opinion_box: 连心箱\n"
    draft = begun_with(f"version:{running.pk}", {"names.yaml": names.encode()})
    told = {"body_id": None, "on": today() + timedelta(days=1), "why": "意见箱改了叫法"}
    return RulesProposal.propose(draft, **told, by=by, at=now())
