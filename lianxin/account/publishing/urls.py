"""The residents' door."""

from django.urls import path

from lianxin.account.publishing.views import home

app_name = "publishing"
urlpatterns = [path("", home.home, name="home")]
