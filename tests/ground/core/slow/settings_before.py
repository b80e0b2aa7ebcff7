"""The earlier version."""

from tests.ground.core.slow.settings import *  # noqa: F403

MIGRATION_MODULES = {"slow": "tests.ground.core.slow.before"}
