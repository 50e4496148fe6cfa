from django.urls import path

from pilothouse.web.contracts import checks, compare, letters, proofs, questions, reading, vendors, views

app_name = "contracts"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("register/", views.register, name="register"),
    path("checks/", checks.checks, name="checks"),
    path("checks/live-with/", checks.live_with_row, name="live_with_row"),
    path("checks/<int:register_word_id>/look-again/", checks.look_at_row_again, name="look_at_row_again"),
    path("vendors/", vendors.vendors, name="vendors"),
    path("vendors/<str:card_key>/", vendors.card, name="vendor"),
    path("new/", views.add, name="add"),
    path("<int:contract_id>/", views.contract, name="contract"),
    path("<int:contract_id>/change/", views.change, name="change"),
    path("<int:contract_id>/confirm/", views.confirm, name="confirm"),
    path("<int:contract_id>/put-away/", views.put_away, name="put_away"),
    path("<int:contract_id>/letter/", letters.letter, name="letter"),
    path("<int:contract_id>/decide/", views.decide, name="decide"),
    path("<int:contract_id>/reading/<int:contract_document_id>/", reading.reading, name="reading"),
    path("<int:contract_id>/terms/<int:contract_term_id>/", reading.say_term, name="say_term"),
    path("<int:contract_id>/compare/", compare.compare, name="compare"),
    path("<int:contract_id>/versions/", reading.add_version, name="add_version"),
    path("papers/<int:document_id>/", reading.take_up, name="take_up"),
    path("<int:contract_id>/answer/", questions.answer, name="answer"),
    path("<int:contract_id>/live-with/", views.live_with, name="live_with"),
    path("flags/<int:flag_word_id>/look-again/", views.look_again, name="look_again"),
    path("decisions/<int:taken_id>/sent/", proofs.sent, name="sent"),
    path("decisions/<int:taken_id>/proof/", proofs.proof, name="proof"),
    path("decisions/<int:taken_id>/proof/add/", proofs.add_proof, name="add_proof"),
    path("decisions/<int:taken_id>/withdraw/", views.withdraw, name="withdraw"),
]
