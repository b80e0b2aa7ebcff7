"""Pages about homes, stations, points and households."""

from django.urls import path

from lianxin.affairs.stations.views import acts, calendars, shifts, stations, turns

app_name = "stations"
urlpatterns = [
    path("stations/", stations.stations, name="stations"),
    path("stations/<uuid:pk>/", stations.station, name="station"),
    path("desk/stations/list.xlsx", stations.workbook, name="workbook"),
    path("desk/stations/new/", acts.choose_place, name="choose_place"),
    path("desk/stations/new/<uuid:place>/", acts.open_station, name="open"),
    path("desk/stations/<uuid:pk>/edit/", acts.edit, name="edit"),
    path("desk/stations/<uuid:pk>/deputies/", acts.deputies, name="deputies"),
    path("desk/stations/<uuid:pk>/history/", acts.history, name="history"),
    path("desk/stations/<uuid:pk>/fittings/", acts.fittings, name="fittings"),
    path("desk/stations/<uuid:pk>/close/", acts.close, name="close"),
    path("desk/stations/<uuid:pk>/reopen/", acts.reopen, name="reopen"),
    path("desk/rota/", shifts.rota, name="rota"),
    path("desk/rota/rota.xlsx", shifts.workbook, name="rota_workbook"),
    path("desk/rota/<uuid:pk>/", shifts.shift, name="shift"),
    path("desk/rota/<uuid:pk>/sheet/", shifts.sheet, name="sheet"),
    path("desk/rota/<uuid:pk>/<slug:kind>/", shifts.act, name="shift_act"),
    path("desk/rota/duties/<uuid:pk>/<slug:kind>/", shifts.duty_act, name="duty_act"),
    path("me/shifts/", turns.shifts, name="own_shifts"),
    path("me/shifts/<uuid:pk>/<slug:kind>/", turns.act, name="own_act"),
    path("me/calendar/", calendars.subscribe, name="subscribe"),
    path("cal/receptions.ics", calendars.everything, name="calendar"),
    path("cal/stations/<uuid:pk>.ics", calendars.of_station, name="station_calendar"),
    path("cal/own.ics", calendars.own, name="own_calendar"),
    path("me/check-in/<uuid:shift>/", turns.check_in, name="check_in"),
]
