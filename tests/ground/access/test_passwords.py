"""A password is long rather than complicated, and not one that is tried first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lianxin.ground.access.models import User


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("九个字的一句话不够", "至少要10个字符"),
        ("19871203456", "不能全是数字"),
        ("password123", "太常见"),
        ("Passw0rd!!", "太常见"),
        ("woaini1314520", "太常见"),
        ("luoqinghe12", "登录名或姓名太像"),
        ("密" * 201, "最多200个字符"),
    ],
)
def test_a_password_that_is_easily_found_is_refused_with_the_reason(password, said):
    assert any(said in mistake for mistake in mistakes_in(password))


def mistakes_in(password: str) -> list[str]:
    """What a person is told who asks for this password; nothing where it will do."""
    try:
        validate_password(password, User(username="luoqinghe", name="罗青禾"))
    except ValidationError as refused:
        return refused.messages
    return []


@pytest.mark.parametrize("password", ["晒谷坪旁边的两棵老樟树", "correct horse battery", "z9-kale-lantern"])
def test_a_sentence_one_remembers_is_enough(password):
    assert mistakes_in(password) == []


def test_passwords_are_kept_by_argon2():
    from config import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
