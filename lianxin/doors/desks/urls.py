"""The homes of the front doors that ask who enters. The residents' home is publishing's."""

from django.urls import path

from lianxin.doors.desks.views import homes

app_name = "desks"
urlpatterns = [
    path("me/", homes.me, name="me"),
    path("desk/", homes.desk, name="desk"),
    path("unit/", homes.unit, name="unit"),
    path("hall/", homes.hall, name="hall"),
    path("lead/", homes.lead, name="lead"),
]
