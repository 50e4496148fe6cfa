from django.urls import path

from pilothouse.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("<int:membership_id>/role/", views.change_role, name="change_role"),
    path("<int:membership_id>/remove/", views.remove, name="remove"),
    path("invitations/<int:invitation_id>/withdraw/", views.withdraw, name="withdraw"),
]
