from django.urls import path

from pilothouse.web.home import views

app_name = "home"
urlpatterns = [path("", views.today, name="today")]
