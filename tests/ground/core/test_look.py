"""What the tags and filters of the look write."""

import pytest

from lianxin.ground.core.templatetags.look import telephone


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("07176000000", "0717-6000000"),
        ("075512345678", "0755-12345678"),
        ("01012345678", "010-12345678"),
        ("02112345678", "021-12345678"),
        ("19900000001", "19900000001"),
        ("000-5550001", "000-5550001"),
        ("0717600", "0717600"),
        ("", ""),
    ],
)
def test_a_landline_is_read_behind_its_area_code(number: str, shown: str) -> None:
    assert telephone(number) == shown
