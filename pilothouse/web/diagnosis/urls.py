from django.urls import path

from pilothouse.web.diagnosis import views

app_name = "diagnosis"
urlpatterns = [
    path("", views.page, name="page"),
    path("make/", views.make, name="make"),
    path("<int:report_id>.pdf", views.pdf, name="pdf"),
    path("<int:report_id>.json", views.as_json, name="json"),
]
