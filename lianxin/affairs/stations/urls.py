"""Pages about homes, stations, points and households."""

from django.urls import path

from lianxin.affairs.stations.views import acts, stations

app_name = "stations"
urlpatterns = [
    path("stations/", stations.stations, name="stations"),
    path("stations/<uuid:pk>/", stations.station, name="station"),
    path("desk/stations/new/", acts.choose_place, name="choose_place"),
    path("desk/stations/new/<uuid:place>/", acts.open_station, name="open"),
    path("desk/stations/<uuid:pk>/edit/", acts.edit, name="edit"),
    path("desk/stations/<uuid:pk>/deputies/", acts.deputies, name="deputies"),
    path("desk/stations/<uuid:pk>/history/", acts.history, name="history"),
    path("desk/stations/<uuid:pk>/fittings/", acts.fittings, name="fittings"),
    path("desk/stations/<uuid:pk>/close/", acts.close, name="close"),
    path("desk/stations/<uuid:pk>/reopen/", acts.reopen, name="reopen"),
]
