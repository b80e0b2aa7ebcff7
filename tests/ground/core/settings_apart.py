"""The ground alone, as core needs it: a quick start, and proof that core knows no app."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [
    "lianxin.ground.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_tasks",
    "django_tasks_db",
]
AUTH_USER_MODEL = "auth.User"
AUTHENTICATION_BACKENDS: list[str] = []
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "lianxin.ground.core.urls"
SILENCED_SYSTEM_CHECKS: list[str] = []
