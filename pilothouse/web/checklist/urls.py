from django.urls import path

from pilothouse.web.checklist import views

app_name = "checklist"
urlpatterns = [
    path("", views.checklist, name="list"),
    path("new/", views.add, name="add"),
    path("<slug:check_key>/", views.check, name="check"),
    path("<slug:check_key>/as-it-comes/", views.as_it_comes, name="as_it_comes"),
]
