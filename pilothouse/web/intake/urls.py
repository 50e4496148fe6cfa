from django.urls import path

from pilothouse.web.intake import columns, documents, handling, views

app_name = "intake"
urlpatterns = [
    path("", views.imports, name="list"),
    path("<int:batch_id>/", views.one_import, name="import"),
    path("<int:batch_id>/undo/", views.undo, name="undo"),
    path("<int:batch_id>/again/", views.again, name="again"),
    path("waiting/", documents.waiting, name="waiting"),
    path("handling/", handling.handling, name="handling"),
    path("papers/<int:paper_id>/", views.paper, name="paper"),
    path("papers/<int:document_id>/say/", documents.say, name="say"),
    path("papers/<int:document_id>/unsay/", documents.unsay, name="unsay"),
    path("papers/<int:document_id>/page/<int:number>/", documents.picture, name="picture"),
    path("attachments/<int:attachment_id>/", documents.attachment, name="attachment"),
    path("files/<int:source_id>/columns/", columns.mapping, name="columns"),
    path("files/<int:source_id>/", views.original, name="original"),
]
