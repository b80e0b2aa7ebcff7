"""Pages of the platform itself."""

from django.urls import path

from lianxin.ground.core.views import health, preferences, setup, styleguide

app_name = "core"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("preferences/", preferences.choose, name="preferences"),
    path("setup/", setup.show, name="setup"),
    path("setup/lianxin.crt", setup.certificate, name="setup_certificate"),
    path("styleguide/", styleguide.show, name="styleguide"),
    path("styleguide/frame/", styleguide.frame, name="styleguide_frame"),
]
