"""Pages of papers, whatever they are about and whoever issues them: an office or a unit keeps its own navigation there."""

from django.urls import path

from lianxin.ground.documents.views import book, templates

app_name = "documents"
urlpatterns = [
    path("papers/", book.book, name="book"),
    path("papers/book.xlsx", book.workbook, name="workbook"),
    path("papers/<uuid:pk>.<slug:ending>", book.paper, name="paper"),
    path("papers/<uuid:pk>/", book.entry, name="entry"),
    path("papers/templates/", templates.templates, name="templates"),
    path("papers/templates/<uuid:pk>/<slug:kind>/", templates.template, name="template"),
    path("papers/templates/<uuid:pk>/<slug:kind>/leave/", templates.leave, name="leave_template"),
    path("papers/templates/<uuid:pk>/<slug:kind>/<int:number>/again/", templates.again, name="template_again"),
    path("papers/templates/<uuid:pk>/<slug:kind>/0.docx", templates.built_in, name="built_in_template"),
    path("papers/templates/<uuid:pk>/<slug:kind>/<int:number>.docx", templates.version, name="template_version"),
]
