"""Every action that a preset gives exists, every action is given to somebody, and the three administrators stay apart."""

import pytest

from lianxin.ground.access.policy import all_actions
from lianxin.ground.access.rules import Administrator, RoleRules
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook.loading import load
from tests.contracts.sources import ROOT

PRESETS = sorted(folder.name for folder in (ROOT / "presets").iterdir() if (folder / "preset.yaml").exists())
LOCALITIES = [name for name in PRESETS if name != "_base"]


@pytest.fixture(params=LOCALITIES)
def roles(request):
    return load(request.param).section(RoleRules)


def test_there_are_localities_to_look_at():
    assert len(LOCALITIES) >= 1


def test_every_action_is_given_to_a_role(roles):
    assert [code for code in all_actions() if not roles.allowing(code)] == []


def test_every_action_that_a_role_lists_exists(roles):
    listed = {code for role in roles.roles.values() for code in role.may if not code.endswith(".*")}
    assert sorted(listed - set(all_actions())) == []


@pytest.mark.parametrize("locality", LOCALITIES)
def test_no_role_over_places_is_given_above_the_locality(locality):
    preset = load(locality)
    over_places = [role for role in preset.section(RoleRules).roles.values() if role.scope == "place"]
    home = Level(preset.first_page.level)
    assert over_places
    assert [role.name for role in over_places if min(level.rank for level in role.levels) < home.rank] == []


def test_what_an_administrator_may_no_other_administrator_may(roles):
    """Only looking at the list of staff, entering the desk, and opening a lost account anew are shared."""
    shared = {"access.see_staff", "desks.enter_desk", "access.reinvite"}
    may = {which: set(roles.roles[roles.administrator(which)].may) - shared for which in Administrator}
    assert may[Administrator.SYSTEM].isdisjoint(may[Administrator.SECURITY])
    assert may[Administrator.SECURITY].isdisjoint(may[Administrator.AUDIT])
    assert may[Administrator.AUDIT].isdisjoint(may[Administrator.SYSTEM])


def test_only_the_security_administrator_grants_and_only_the_audit_administrator_reads_everything(roles):
    def only(action):
        return [role.administrator for role in roles.allowing(action).values()]

    assert only("access.grant") == [Administrator.SECURITY]
    assert only("core.read_record") == [Administrator.AUDIT]
    assert only("access.invite") == [Administrator.SYSTEM]
