"""The addresses of a list are those that Django gives one by one."""

import pytest
from django.urls import NoReverseMatch, reverse

from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.ids import new_id


@pytest.mark.parametrize("name", ["people:person", "people:place", "publishing:standing", "stations:station"])
def test_each_thing_has_the_address_of_its_page(name: str) -> None:
    address = addresses(name)

    for id in (new_id(), new_id()):
        assert address(id) == reverse(name, args=[id])


def test_a_page_that_takes_something_else_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        addresses("people:deputies")
