from django.urls import path

from pilothouse.web.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.imports, name="list"),
    path("<int:batch_id>/", views.one_import, name="import"),
    path("<int:batch_id>/undo/", views.undo, name="undo"),
    path("<int:batch_id>/again/", views.again, name="again"),
    path("papers/<int:paper_id>/", views.paper, name="paper"),
    path("files/<int:source_id>/", views.original, name="original"),
]
