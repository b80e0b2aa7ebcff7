"""Pages of papers, whatever they are about."""

from django.urls import path

from lianxin.ground.documents.views import book, templates

app_name = "documents"
urlpatterns = [
    path("desk/papers/", book.book, name="book"),
    path("desk/papers/book.xlsx", book.workbook, name="workbook"),
    path("desk/papers/<uuid:pk>.<slug:ending>", book.paper, name="paper"),
    path("desk/papers/<uuid:pk>/", book.entry, name="entry"),
    path("desk/papers/templates/", templates.templates, name="templates"),
    path("desk/papers/templates/<uuid:pk>/<slug:kind>/", templates.template, name="template"),
    path("desk/papers/templates/<uuid:pk>/<slug:kind>/leave/", templates.leave, name="leave_template"),
    path("desk/papers/templates/<uuid:pk>/<slug:kind>/0.docx", templates.built_in, name="built_in_template"),
    path("desk/papers/templates/<uuid:pk>/<slug:kind>/<int:number>.docx", templates.version, name="template_version"),
]
