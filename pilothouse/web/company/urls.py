from django.urls import path

from pilothouse.web.company import views

app_name = "company"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("end/", views.end, name="end"),
]
