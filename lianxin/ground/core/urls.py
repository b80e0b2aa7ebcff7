"""Pages of the platform itself."""

from django.urls import path

from lianxin.ground.core.views import preferences, styleguide

app_name = "core"
urlpatterns = [
    path("preferences/", preferences.choose, name="preferences"),
    path("styleguide/", styleguide.show, name="styleguide"),
    path("styleguide/frame/", styleguide.frame, name="styleguide_frame"),
]
