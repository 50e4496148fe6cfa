from django.urls import path, register_converter

from pilothouse.web.spend import asking, by, payments, views, who


class ExportForm:
    """The forms lines can be exported in."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ExportForm, "export_form")

app_name = "spend"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("charts/<slug:key>.svg", views.chart, name="chart"),
    path("lines/", views.lines, name="lines"),
    path("lines.<export_form:form>", views.export, name="export"),
    path("lines/<str:line_key>/", views.line, name="line"),
    path("proof/", views.proof, name="proof"),
    path("by/", by.consolidated, name="consolidated"),
    path("by/<slug:picture_key>.svg", by.picture, name="picture"),
    path("by/table.<export_form:form>", by.export, name="consolidated_export"),
    path("by/views/", by.keep_view, name="keep_view"),
    path("by/views/<int:view_id>/", by.change_view, name="change_view"),
    path("vendors/", views.vendors, name="vendors"),
    path("vendors/alike/", who.alike, name="alike"),
    path("vendors/say/", who.say, name="say"),
    path("vendors/words/<int:word_id>/take-back/", who.take_back, name="take_back"),
    path("vendors/<str:vendor_key>/", views.vendor, name="vendor"),
    path("asking/", asking.asking, name="asking"),
    path("asking/answer/", asking.answer, name="answer"),
    path("asking/undo/", asking.undo, name="undo"),
    path("asking/all/", asking.all_asked, name="all_asked"),
    path("payments/", payments.payments, name="payments"),
    path("payments.<export_form:form>", payments.export, name="payments_export"),
    path("payments/say/", payments.say, name="say_payment"),
    path("payments/words/<int:said_id>/withdraw/", payments.withdraw, name="withdraw_payment"),
    path("decide/", views.decide, name="decide"),
    path("decisions/<int:decision_id>/withdraw/", views.withdraw, name="withdraw"),
]
