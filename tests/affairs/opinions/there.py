"""The office in a database of its own, for processes that meet there or are killed there."""

OFFICE = """
from datetime import timedelta
from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Case, Handover, Promise, Rating, Reply, Step
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.models import Region, Unit
from lianxin.ground.access.models import User
from tests.affairs.opinions import builders, working
from tests.affairs.opinions.builders import NOON, make_opinion
class There:
    def __init__(self):
        self.village = Region.objects.filter(level="village").order_by("code").first()
        self.roads, self.housing = Unit.objects.order_by("pk")
        self.clerk = User.objects.order_by("pk").first()
    def opinion(self, **facts):
        return make_opinion(self.village, NOON, **facts)
def first(number=0):
    return Opinion.objects.with_case().order_by("case__number")[number]
def tried(verb):
    meet()
    try:
        verb()
    except RuleError as refused:
        print(json.dumps(str(refused)))
    else:
        print(json.dumps("done"))
office = There()
by = office.clerk.pk
"""


def asked(whole, question):
    return whole.python(f"{OFFICE}\nprint(json.dumps({question}))")


HOLDS = """
from io import StringIO
from django.core.management import call_command
from lianxin.ground.core.events.sealing import seal_days_over
call_command("rebuild", check=True, stdout=StringIO())
seal_days_over(clock.now())
said = StringIO()
call_command("verify", stdout=said)
print(json.dumps(said.getvalue()))
"""


def holds(whole):
    """Derived columns are right, and the record is whole."""
    assert "✓" in whole.python(HOLDS)
