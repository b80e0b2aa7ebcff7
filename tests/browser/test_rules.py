"""The pages on which rules change keep nobody out, on a phone and dressed otherwise."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import ASIDE, MODES, axe, faults  # noqa: F401 the fixture
from tests.ground.access import builders
from tests.ground.rulebook.builders import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


def test_proposing_filling_in_approving_and_reading_keep_nobody_out(visit, axe):  # noqa: F811
    system, security = (builders.make_administrator(which) for which in ("system", "security"))
    proposal = f"/desk/rules/proposals/{make_proposal(system.pk).pk}/"
    pages = {system: ["/desk/rules/open/"], security: [proposal, f"{proposal}approve/", "/rules/?q=代表法"]}
    for user, paths in pages.items():
        one = visit(viewport=PHONE, **ASIDE).keep(**list(MODES.values())[-1]).sign_in(user)
        assert faults(one, paths, axe) == {}
