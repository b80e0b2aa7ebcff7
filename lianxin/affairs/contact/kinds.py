"""The kinds of events about ties and households. None of them names a resident."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.contact.models import Household
from lianxin.ground.core.events import EventKind, Named

AGREED = {"way": Household.Way, "on": date}

KINDS = (
    EventKind(
        "contact.household_added",
        _("登记联系户"),
        _("{by}登记了{subject}，这一户{on}同意联系（{way}）"),
        subject="household",
        parties=("asker",),
        facts=AGREED,
    ),
    EventKind(
        "contact.household_consented",
        _("重新同意"),
        _("{by}登记{subject}{on}重新同意联系（{way}）"),
        subject="household",
        parties=("asker",),
        facts=AGREED,
    ),
    EventKind(
        "contact.household_withdrew",
        _("不再同意联系"),
        _("{by}登记{subject}从{on}起不再同意联系"),
        subject="household",
        parties=("deputy",),
        facts={"on": date},
    ),
    EventKind(
        "contact.tied",
        _("结对"),
        _("{by}登记{deputy}从{on}起联系{subject}（{scheme}）"),
        subject="tie",
        parties=("deputy", "toward"),
        facts={"on": date, "scheme": Named("contact_scheme")},
    ),
    EventKind(
        "contact.untied",
        _("结束结对"),
        _("{by}登记{deputy}从{on}起不再联系{subject}（{scheme}）"),
        subject="tie",
        parties=("deputy", "toward"),
        facts={"on": date, "scheme": Named("contact_scheme")},
    ),
)
