"""Addresses of suggestions, by who is at the door."""

from django.urls import path

from lianxin.affairs.suggestions.views import deputies, desk, public, replies, units
from lianxin.affairs.suggestions.views.papers import PAPERS

app_name = "suggestions"
urlpatterns = [
    path("suggestions/", public.suggestions, name="public"),
    path("suggestions/<uuid:pk>/", public.suggestion, name="public_suggestion"),
    path("me/suggestions/", deputies.suggestions, name="deputy_suggestions"),
    path("me/suggestions/list.xlsx", deputies.workbook, name="deputy_workbook"),
    path("me/suggestions/new/", deputies.new, name="new"),
    path("me/suggestions/<uuid:pk>/", deputies.suggestion, name="deputy_suggestion"),
    path("me/suggestions/<uuid:pk>/edit/", deputies.edit, name="edit"),
    path("me/suggestions/<uuid:pk>/joining/", deputies.joining, name="joining"),
    path("me/suggestions/<uuid:pk>/papers/<uuid:paper>.<slug:ending>", replies.deputy_paper, name="deputy_paper"),
    path("me/suggestions/<uuid:pk>/<slug:kind>/", deputies.act, name="deputy_act"),
    path("desk/suggestions/", desk.suggestions, name="suggestions"),
    path("desk/suggestions/list.xlsx", desk.workbook, name="workbook"),
    path("desk/suggestions/<uuid:pk>/", desk.suggestion, name="suggestion"),
    path("desk/suggestions/<uuid:pk>/promises/<uuid:promise>/", desk.kept, name="promise_kept"),
    *PAPERS.urls("desk/suggestions/<uuid:pk>/papers/"),
    path("desk/suggestions/<uuid:pk>/<slug:kind>/", desk.act, name="act"),
    path("unit/suggestions/", units.queue, name="unit_suggestions"),
    path("unit/suggestions/list.xlsx", units.workbook, name="unit_workbook"),
    path("unit/suggestions/<uuid:pk>/", units.suggestion, name="unit_suggestion"),
    path("unit/suggestions/<uuid:pk>/draft/", units.draft, name="unit_draft"),
    path("unit/suggestions/<uuid:pk>/promises/<uuid:promise>/", units.kept, name="unit_promise_kept"),
    path("unit/suggestions/<uuid:pk>/papers/head/", replies.letterhead, name="unit_letterhead"),
    path("unit/suggestions/<uuid:pk>/papers/reply/", replies.reply_letter, name="reply_letter"),
    path("unit/suggestions/<uuid:pk>/papers/<uuid:paper>.<slug:ending>", units.paper, name="unit_paper"),
    path("unit/suggestions/<uuid:pk>/<slug:kind>/", units.act, name="unit_act"),
]
