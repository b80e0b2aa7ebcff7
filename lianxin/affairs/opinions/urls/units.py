"""Units that handle, and what was promised."""

from django.urls import path

from lianxin.affairs.opinions.views.units import lists, matters

urlpatterns = [
    path("unit/opinions/", lists.queue, name="unit_queue"),
    path("unit/opinions/drafts/", lists.queue, {"tab": "approval"}, name="unit_drafts"),
    path("unit/opinions/past/", lists.queue, {"tab": "done"}, name="unit_past"),
    path("unit/opinions/list.xlsx", lists.queue_workbook, name="unit_workbook"),
    path("unit/opinions/<uuid:pk>/", matters.matter, name="unit_matter"),
    path("unit/opinions/<uuid:pk>/draft/", matters.draft, name="unit_draft"),
    path("unit/opinions/<uuid:pk>/files/<uuid:file>/", matters.file, name="unit_file"),
    path("unit/opinions/<uuid:pk>/files/<uuid:file>/discard/", matters.discard, name="unit_discard"),
    path("unit/opinions/<uuid:pk>/papers/", matters.papers, name="unit_papers"),
    path("unit/opinions/<uuid:pk>/papers/<uuid:paper>.<slug:ending>", matters.paper, name="unit_paper"),
    path("unit/opinions/<uuid:pk>/<slug:kind>/", matters.act, name="unit_act"),
    path("unit/promises/", lists.promises, name="unit_promises"),
    path("unit/promises/list.xlsx", lists.promises_workbook, name="unit_promises_workbook"),
    path("unit/promises/<uuid:pk>/kept/", lists.kept, name="unit_promise_kept"),
    path("desk/promises/", lists.all_promises, name="desk_promises"),
    path("desk/promises/list.xlsx", lists.all_promises_workbook, name="promises_workbook"),
]
