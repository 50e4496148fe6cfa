from django.urls import path

from pilothouse.web.contracts import views

app_name = "contracts"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("register/", views.register, name="register"),
    path("new/", views.add, name="add"),
    path("<int:contract_id>/", views.contract, name="contract"),
    path("<int:contract_id>/change/", views.change, name="change"),
    path("<int:contract_id>/confirm/", views.confirm, name="confirm"),
    path("<int:contract_id>/put-away/", views.put_away, name="put_away"),
    path("<int:contract_id>/decide/", views.decide, name="decide"),
    path("decisions/<int:taken_id>/sent/", views.sent, name="sent"),
    path("decisions/<int:taken_id>/withdraw/", views.withdraw, name="withdraw"),
]
