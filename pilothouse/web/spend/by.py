"""What do we pay, by anything and over time: the page, its pictures, its exports, and the views people keep of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import Review
from pilothouse.reporting.diagnosis import Cell, Column
from pilothouse.reporting.xlsx import Sheet, csv_rows, workbook
from pilothouse.services import consolidated as answers
from pilothouse.services import lines as chosen
from pilothouse.services import saved_views, spend
from pilothouse.services.answers import NOTHING
from pilothouse.services.consolidated import Amount, Row, Table
from pilothouse.services.decisions import departments_in_use
from pilothouse.web.spend.answer_words import Words, question_of
from pilothouse.web.spend.pictures import drawn, pictures_of
from pilothouse.web.spend.question_form import FILTERS, QuestionForm, label_of
from pilothouse.web.spend.views import EXPORTED, exported

LINES_BEHIND = 20_000
# Where one goes on from a row of each kind: the next finer question on that row alone.
FINER = {
    "function": "purpose", "tower": "purpose", "category": "purpose", "purpose": "vendor", "department": "purpose",
    "run_or_change": "purpose", "capital": "purpose", "kind": "vendor", "it": "vendor",
}  # fmt: skip


# --- what is asked ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A valid question of a company's review, its answer, and its words."""

    review: Review
    form: QuestionForm
    table: Table
    words: Words

    @property
    def query(self) -> dict[str, str]:
        """What was chosen, as it stands in an address; what comes by itself is left out."""
        return chosen_in(self.form)


def chosen_in(form: QuestionForm) -> dict[str, str]:
    """The choices of a valid form that differ from what comes by itself."""
    by_itself = {
        "by": "purpose", "over": "none", "period": "twelve", "it": "yes", "vat": "without", "basis": "booked",
        "sort": "cost",
    }  # fmt: skip
    given = {name: str(value) for name, value in form.cleaned_data.items() if value}
    if given.get("period") != "between":
        given = {name: value for name, value in given.items() if name not in ("first", "last")}
    return {name: value for name, value in given.items() if value != by_itself.get(name)}


def _form(request: CompanyRequest, company: Company) -> QuestionForm:
    return QuestionForm(request.GET, departments=departments_in_use(company))


def _asked(request: CompanyRequest, company: Company, form: QuestionForm) -> Asked | None:
    """The answer to a valid form; None where there is nothing to ask, or what is asked makes no sense."""
    review = Review.objects.current(company)
    if review is None or not form.is_valid():
        return None
    starts = answers.year_starts_of(spend.latest_profile(company))
    question = form.asked(review, today=timezone.localdate(), year_starts=starts)
    table = answers.consolidated(review, question)
    return Asked(review, form, table, Words(table, request.LANGUAGE_CODE))


# --- the page ---------------------------------------------------------------------------------------------------


@require_safe
@company_page()
def consolidated(request: CompanyRequest, company: Company) -> HttpResponse:
    """What is paid, as asked in the address; opened without a question, the view the person chose to open with.

    Template spend/by.html, part spend/_by.html: form, asked (Asked or None), and what `_shown` says.
    """
    if not request.GET and (first := saved_views.first_view(company, request.user)):
        return redirect(f"{request.path}?{first}")
    form = _form(request, company)
    asked = _asked(request, company, form)
    review = Review.objects.current(company)
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "review": review,
        "can_spread": review is not None and answers.spreading_changes(review),
        "views": [
            (view, saved_views.may_change(view, request.membership))
            for view in saved_views.views_for(company, request.user)
        ],
        "opens_with": saved_views.first_view(company, request.user),
        "may_share": request.membership.may(Role.EDITOR),
    }
    if asked is not None:
        context |= _shown(company, asked)
    swapped = bool(getattr(request, "htmx", False))
    context |= _fields(form, can_spread=context["can_spread"]) | {"swapped": swapped}
    template = "spend/_by.html" if swapped else "spend/by.html"
    return render(request, template, context)


def _fields(form: QuestionForm, *, can_spread: bool) -> dict[str, Any]:
    """The fields of the form as the page lays them out; spreading is offered where it changes something."""
    more = [
        "purpose",
        "function",
        "tower",
        "category",
        "department",
        "run_or_change",
        "capital",
        "kind",
        "vat",
        "sort",
    ]
    if can_spread or form["basis"].value() == "spread":
        more.append("basis")
    by_itself = ("", None, "without", "booked", "cost")
    return {
        "main_fields": [form[name] for name in ("by", "over", "period", "it")],
        "month_fields": [form[name] for name in ("first", "last")],
        "more_fields": [form[name] for name in more],
        "narrowed": any(form[name].value() not in by_itself for name in more),
    }


def _shown(company: Company, asked: Asked) -> dict[str, Any]:
    """What the page shows of an answer: title, answer, pictures, table, chips and addresses."""
    table, words = asked.table, asked.words
    query = asked.query
    rows = [*table.rows, *([table.rest] if table.rest else [])]
    return {
        "title": question_of(table),
        "by_label": dict(asked.form.fields["by"].choices)[table.question.by],  # type: ignore[attr-defined]  # a choice
        "answer": words.answer(),
        "of_what": words.of_what(),
        "pictures": list(pictures_of(table, words)),
        "heads": [(words.column(column), words.cut_off(column)) for column in table.columns],
        "rows": [_shown_row(company, asked, row) for row in rows],
        "total": _shown_row(company, asked, table.total),
        "others": [
            (other.currency, other.total.value, _proof(company, asked, other.total)) for other in table.others
        ],
        "chips": _chips(asked),
        "query": urlencode(query),
        "all_query": urlencode({**query, "all": "yes"}),
        "edition": f"{asked.review.number}.{asked.review.revision}",
    }


@dataclass(frozen=True, slots=True)
class ShownAmount:
    """An amount and the address of its proof, which is empty for nothing and for the rest of a long table."""

    value: Decimal
    address: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its words; `finer` is where one goes on from it."""

    label: str
    finer: str
    amounts: list[ShownAmount]
    total: ShownAmount
    before: ShownAmount | None
    change: Decimal | None
    share: Decimal | None
    is_rest: bool = False


def _shown_row(company: Company, asked: Asked, row: Row) -> ShownRow:
    table, words = asked.table, asked.words
    heads = [words.column(column) for column in table.columns]
    is_total = row is table.total
    return ShownRow(
        label=_("Total") if is_total else words.label(row),
        finer="" if is_total or row is table.rest else _finer(company, asked, row),
        amounts=[
            ShownAmount(amount.value, _proof(company, asked, amount), head)
            for amount, head in zip(row.amounts, heads, strict=True)
        ],
        total=ShownAmount(row.total.value, _proof(company, asked, row.total)),
        before=ShownAmount(row.before.value, _proof(company, asked, row.before)) if row.before else None,
        change=row.change,
        share=row.change_share,
        is_rest=row is table.rest,
    )


def _proof(company: Company, asked: Asked, amount: Amount) -> str:
    """The address of the lines that an amount is made of."""
    if amount.conditions is None or not amount.value:
        return ""
    vat = "&vat=with" if asked.table.question.with_vat else ""
    return f"{reverse('spend:proof', args=[company.slug])}?{amount.query}{vat}"


def _finer(company: Company, asked: Asked, row: Row) -> str:
    """Where one goes on from a row: to the vendor, or to the next finer question about that row alone."""
    by = asked.table.question.by
    if by == "vendor":
        return reverse("spend:vendor", args=[company.slug, row.key]) if row.key else ""
    query = {**asked.query, "by": FINER[by], by: row.key or NOTHING}
    query.pop("all", None)
    return f"{reverse('spend:consolidated', args=[company.slug])}?{urlencode(query)}"


def _chips(asked: Asked) -> list[tuple[str, str, str]]:
    """The filters that hold: what, which value, and the query without it."""
    chips = []
    query = asked.query
    for name in FILTERS:
        value = query.get(name)
        if not value:
            continue
        label = asked.form.fields[name].label
        without = urlencode({key: given for key, given in query.items() if key != name})
        chips.append((str(label), _value_in_words(asked, name, value), without))
    return chips


def _value_in_words(asked: Asked, name: str, value: str) -> str:
    if name == "vendor":
        return answers.vendor_named(asked.review, value) or value
    key = "" if value == NOTHING else value
    return label_of(name, key, answers.DIMENSIONS[name].names().get(key, ""))


# --- its pictures and exports -----------------------------------------------------------------------------------


@require_safe
@company_page()
def picture(request: CompanyRequest, company: Company, picture_key: str) -> HttpResponse:
    """One picture of the page as SVG: `mode` light or dark, `size` wide or narrow; the rest is the question."""
    asked = _asked(request, company, _form(request, company))
    pictures = {} if asked is None else {one.key: one for one in pictures_of(asked.table, asked.words)}
    if picture_key not in pictures:
        raise Http404
    svg = drawn(
        pictures[picture_key],
        language=request.LANGUAGE_CODE,
        mode="dark" if request.GET.get("mode") == "dark" else "light",
        size=request.GET.get("size", ""),
    )
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=300"})


@require_safe
@company_page()
def export(request: CompanyRequest, company: Company, form: str) -> HttpResponseBase:
    """The table as shown: as CSV, or as a workbook with the lines behind it on a second sheet."""
    asked = _asked(request, company, _form(request, company))
    columns = _columns(asked)
    rows = list(_rows(asked)) if asked is not None else []
    name = f"pilothouse-{company.slug}-spend"
    if form == "csv":
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            csv_rows(columns, rows), content_type="text/csv; charset=utf-8"
        )
    else:
        sheets = [Sheet(_("Table"), columns, rows, _notes(asked)), *_sheet_of_lines(asked)]
        answer = HttpResponse(
            workbook(sheets),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _columns(asked: Asked | None) -> list[Column]:
    if asked is None:
        return [Column(_("Nothing that could be asked"))]
    label = str(dict(asked.form.fields["by"].choices)[asked.table.question.by])  # type: ignore[attr-defined]  # a choice
    over_time = [Column(asked.words.column(column), "money") for column in asked.table.columns]
    before = (
        [
            Column(_("Year before"), "money"),
            Column(_("Change"), "money"),
            Column(_("Change, share"), "percent"),
        ]
        if asked.table.has_before
        else []
    )
    return [Column(label), *over_time, Column(_("Total"), "money"), Column(_("Currency")), *before]


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """The rows as shown, the total, and what is in other currencies."""
    table, words = asked.table, asked.words
    for row in (*table.rows, *([table.rest] if table.rest else []), table.total):
        label = _("Total") if row is table.total else words.label(row)
        before: tuple[Cell, ...] = (row.before.value, row.change, row.change_share) if row.before else ()
        amounts = [amount.value for amount in row.amounts]
        yield label, *amounts, row.total.value, table.currency, *before
    for other in table.others:
        blank: list[Cell] = [None] * len(table.columns)
        yield _("In another currency, not in the total"), *blank, other.total.value, other.currency


def _notes(asked: Asked | None) -> list[str]:
    """What a reader of the sheet must know of its figures."""
    if asked is None:
        return []
    chips = [f"{label}: {value}" for label, value, _without in _chips(asked)]
    return [question_of(asked.table), asked.words.of_what(), *chips]


def _sheet_of_lines(asked: Asked | None) -> Iterator[Sheet]:
    """The lines behind the table, up to a limit that is said."""
    if asked is None:
        return
    conditions = asked.table.total.total.conditions or {}
    found = chosen.lines_where(
        asked.review, {name: value or NOTHING for name, value in conditions.items()}, order="cost"
    )
    counted = chosen.count_up_to(found, LINES_BEHIND)
    notes = [_("The lines behind the table, most money first.")]
    if counted.more:
        notes.append(
            _("Only the first %(number)d lines are here: choose fewer months to have them all.")
            % {"number": LINES_BEHIND}
        )
    if asked.table.question.spread:
        notes.append(
            _("Each line stands here with its whole cost, though only part of it falls in these months.")
        )
    yield Sheet(_("Lines"), EXPORTED, islice(exported(found), LINES_BEHIND), notes)


# --- views people keep ------------------------------------------------------------------------------------------

REFUSED = {
    "name": _("A view needs a name of at most 80 letters."),
    "same": _("You have a view of that name already: choose another name, or delete that one first."),
    "many": _("You have 200 views already: delete one you no longer need."),
    "long": _("There are too many choices in this address to keep it. Take some filters away."),
}


@require_POST
@company_page(writing=Role.READER)
def keep_view(request: CompanyRequest, company: Company) -> HttpResponse:
    """Keep what is shown under a name: for oneself, or (editors) for the whole company."""
    query = request.POST.get("query", "")
    shared = request.POST.get("shared") == "yes" and request.membership.may(Role.EDITOR)
    try:
        view = saved_views.keep_view(
            company, request.POST.get("name", ""), query, shared=shared, by=request.user
        )
    except saved_views.ViewRefusedError as refused:
        messages.error(request, REFUSED[refused.why])
    else:
        messages.success(request, _("Kept as “%(name)s”.") % {"name": view.name})
    return redirect(f"{reverse('spend:consolidated', args=[company.slug])}?{query[:2000] or 'by=purpose'}")


@require_POST
@company_page(writing=Role.READER)
def change_view(request: CompanyRequest, company: Company, view_id: int) -> HttpResponse:
    """Rename or delete a view, or let the page open with it (`does`: rename, delete, first, not_first)."""
    view = get_object_or_404(saved_views.views_for(company, request.user), pk=view_id)
    does = request.POST.get("does", "")
    if does in ("rename", "delete") and not saved_views.may_change(view, request.membership):
        raise Http404
    query = view.query
    try:
        if does == "rename":
            saved_views.rename_view(view, request.POST.get("name", ""))
        elif does == "delete":
            saved_views.delete_view(view)
        elif does == "first":
            saved_views.open_with(view, by=request.user)
        elif does == "not_first":
            saved_views.open_as_it_comes(company, by=request.user)
    except saved_views.ViewRefusedError as refused:
        messages.error(request, REFUSED[refused.why])
    return redirect(f"{reverse('spend:consolidated', args=[company.slug])}?{query or 'by=purpose'}")
