"""The residents' door."""

from django.urls import path

from lianxin.account.publishing.views import find, home

app_name = "publishing"
urlpatterns = [
    path("", home.home, name="home"),
    path("find/", find.find, name="find"),
    path("find/own/", find.own_place, name="own_place"),
    path("find/<uuid:pk>/", find.standing, name="standing"),
]
