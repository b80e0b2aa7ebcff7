"""The later version."""

from tests.ground.core.settings_apart import *  # noqa: F403
from tests.ground.core.settings_apart import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.ground.core.slow"]
