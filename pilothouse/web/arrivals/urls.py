from django.urls import path

from pilothouse.web.arrivals import views

app_name = "arrivals"
urlpatterns = [
    path("", views.arrivals, name="list"),
    path("add-mailbox/", views.add_mailbox, name="add_mailbox"),
    path("add-folder/", views.add_folder, name="add_folder"),
    path("<int:arrival_id>/", views.arrival, name="arrival"),
    path("<int:arrival_id>/change/", views.change, name="change"),
    path("<int:arrival_id>/try/", views.try_now, name="try"),
    path("<int:arrival_id>/fetch/", views.fetch, name="fetch"),
    path("<int:arrival_id>/switch/", views.switch, name="switch"),
    path("<int:arrival_id>/remove/", views.remove, name="remove"),
]
