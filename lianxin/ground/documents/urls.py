"""Pages of papers, whatever they are about."""

from django.urls import path

from lianxin.ground.documents import views

app_name = "documents"
urlpatterns = [
    path("desk/papers/", views.book, name="book"),
    path("desk/papers/book.xlsx", views.workbook, name="workbook"),
    path("desk/papers/<uuid:pk>.<slug:ending>", views.paper, name="paper"),
]
