"""Which app answers which address. Each app names its own pages in its urls.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("lianxin.ground.core.urls")),
    path("accounts/", include("allauth.urls")),
]
