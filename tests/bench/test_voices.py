"""What the generator makes is what the verbs write."""

import pytest

from bench.voices import ORDER, family, multiply
from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.actions import judging, replying, sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Case
from lianxin.ground.core.models import Event
from tests.affairs.opinions.builders import NOON, Office

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
OWN = {"number", "code_mark", "title", "text", "salt"}


@pytest.fixture
def answered():
    office = Office()
    opinion = office.opinion()
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    replying.answer_now(opinion, "修好了。", "solved", by=office.clerk.pk, at=NOON)
    judging.rate(opinion, "yes", "yes", words="谢谢", at=NOON)
    return Opinion.objects.with_case().get()


def said(row):
    """What a row says, without its ids and what is its own."""
    return {
        field.name: getattr(row, field.attname)
        for field in type(row)._meta.concrete_fields
        if not field.name.endswith("id") and not field.is_relation and field.name not in OWN and field.name != "pk"
    }


def test_a_copy_says_what_the_verbs_wrote(answered):
    assert (
        multiply([answered], 3, ["桥上的栏杆断了"], days=0) == 3 * Event.objects.about("opinion", answered.pk).count()
    )
    copies = Opinion.objects.with_case().exclude(pk=answered.pk)
    assert copies.count() == 3
    for copy in copies:
        first, second = family(answered), family(copy)
        for model in ORDER:
            assert [said(row) for row in first[model]] == [said(row) for row in second[model]]
        assert (copy.words(), copy.text) == ("桥上的栏杆断了", "桥上的栏杆断了")


def test_copies_are_found_and_hang_together(answered):
    multiply([answered], 5, ["桥上的栏杆断了"], days=100)
    multiply([answered], 2, ["桥上的栏杆断了"], days=100, seed="more")
    search.rebuild()
    assert len(search.find("栏杆", Opinion.objects.all()).rows) == 7
    assert Case.objects.values("number").distinct().count() == 8
    for copy in Opinion.objects.with_case().exclude(pk=answered.pk):
        assert {rating.voice_id for rating in copy.case.ratings.all()} == {copy.pk}
        assert copy.told.subject_id == copy.pk
