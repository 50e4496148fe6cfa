from django.urls import path

from pilothouse.web.profile import views

app_name = "profile"
urlpatterns = [path("", views.profile, name="profile")]
