"""Pages about duties and scores."""

from django.urls import path

from lianxin.account.duty.views import what_if

app_name = "duty"
urlpatterns = [
    path("desk/rules/what-if/", what_if.what_if, name="what_if"),
]
