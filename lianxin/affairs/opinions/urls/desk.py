"""Offices that sort."""

from datetime import date

from django.urls import path, register_converter

from lianxin.affairs.opinions.views.desk import (
    acts,
    bulk,
    case,
    finding,
    hearing,
    identity,
    importing,
    inbox,
    meetings,
    record,
    registers,
)
from lianxin.affairs.opinions.views.desk.papers import PAPERS


class DayConverter:
    """A day in an address: 2026-11-21."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError, so that no address fits, for a day that there is not."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """As it stands in the address."""
        return str(value)


register_converter(DayConverter, "day")

urlpatterns = [
    path("desk/opinions/", inbox.inbox_page, name="inbox"),
    path("desk/opinions/inbox.xlsx", inbox.workbook, name="inbox_workbook"),
    path("desk/opinions/arrived/", inbox.arrived, name="arrived"),
    path("desk/opinions/bulk/", bulk.bulk, name="bulk"),
    path("desk/opinions/ledgers/", importing.ledgers, name="ledgers"),
    path("desk/opinions/ledgers/<slug:kind>.xlsx", importing.blank, name="ledger_blank"),
    path("desk/opinions/ledgers/<uuid:pk>/", importing.upload, name="ledger_upload"),
    path("desk/opinions/ledgers/<uuid:pk>/take/", importing.take, name="ledger_take"),
    path("desk/opinions/meetings/", meetings.meetings, name="meetings"),
    path("desk/opinions/meetings/<uuid:body>/<day:on>/", meetings.meeting, name="meeting"),
    path("desk/opinions/meetings/<uuid:meeting>/record/", meetings.meeting_record, name="meeting_record"),
    path(
        "desk/opinions/meetings/<uuid:meeting>/record/<uuid:paper>.<slug:ending>",
        meetings.meeting_record_file,
        name="meeting_record_file",
    ),
    path("desk/opinions/views/", inbox.save_view, name="save_view"),
    path("desk/opinions/views/<uuid:pk>/count/", inbox.count_view, name="count_view"),
    path("desk/opinions/views/<uuid:pk>/drop/", inbox.drop_view, name="drop_view"),
    path("desk/stations/<uuid:pk>/registers/<slug:kind>/", registers.register, name="register"),
    path("desk/stations/<uuid:pk>/registers/<slug:kind>.xlsx", registers.workbook, name="register_workbook"),
    path("desk/opinions/hear/<uuid:shift>/", hearing.hearing, name="hear"),
    path("desk/opinions/hear/<uuid:shift>/record/", record.record, name="record"),
    path("desk/opinions/hear/<uuid:shift>/record/<uuid:paper>.<slug:ending>", record.record_file, name="record_file"),
    path("desk/opinions/search/", finding.finding, name="find"),
    path("desk/opinions/undo/<uuid:step>/", acts.undo, name="undo"),
    path("desk/opinions/handovers/<uuid:pk>/<slug:kind>/", acts.handover_act, name="handover_act"),
    path("desk/opinions/<uuid:pk>/", case.opinion_page, name="opinion"),
    path("desk/opinions/<uuid:pk>/as-handlers/", case.as_handlers, name="as_handlers"),
    path("desk/opinions/<uuid:pk>/near/", case.near_page, name="near"),
    path("desk/opinions/<uuid:pk>/code/", acts.reissue, name="reissue_code"),
    path("desk/opinions/<uuid:pk>/identity/", identity.identity, name="identity"),
    path("desk/opinions/<uuid:pk>/files/<uuid:file_pk>/", case.file_page, name="desk_file"),
    path("desk/opinions/<uuid:pk>/files/<uuid:file_pk>/look/", case.look, name="look"),
    *PAPERS.urls("desk/opinions/<uuid:pk>/papers/"),
    path("desk/opinions/<uuid:pk>/<slug:kind>/", acts.act, name="act"),
]
