"""The page on cost as a paper: the same answer, the same words, to lay on the table."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company
from pilothouse.reporting.costs import AssumptionRow, CostPaper, CostRow, costs_pdf
from pilothouse.services import costs as costing
from pilothouse.services.costs import KnownCosts, ModelCost
from pilothouse.web.sourcing.cost_sentences import break_even_sentence, turn_sentence
from pilothouse.web.templatetags.pilothouse import chance, number, whole_money


@require_safe
@company_page()
def cost_paper(request: CompanyRequest, company: Company) -> HttpResponse:
    """What each model costs, as PDF; not found where there are no figures for the country."""
    today = timezone.localdate()
    found = costing.costs_on(company, today=today)
    if found is None:
        raise Http404
    made = costs_pdf(_paper(company, found), today)
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="costs-{today.isoformat()}.pdf"'},
    )


def _paper(company: Company, found: KnownCosts) -> CostPaper:
    currency, least = found.currency, found.cheapest
    return CostPaper(
        company.name,
        _(
            "%(name)s costs least for what you need: %(low)s to %(high)s. Each range holds eight of ten outcomes."
        )
        % {
            "name": least.name,
            "low": whole_money(least.total.low, currency),
            "high": whole_money(least.total.high, currency),
        },
        _notes(found),
        tuple(_model(model, found) for model in found.models),
        _lines(found),
        tuple((name, *(chance(each) for each in row)) for name, row in costing.chances(found)),
        tuple(break_even_sentence(each) for each in found.break_evens),
        tuple(
            (
                swing.name,
                number(swing.low),
                whole_money(swing.total_low, currency),
                number(swing.high),
                whole_money(swing.total_high, currency),
            )
            for swing in found.swings
        ),
        tuple(f"{turn.name}: {turn_sentence(turn, currency)}" for turn in found.turns),
        tuple(_assumptions(found)),
        _words(found),
    )


def _notes(found: KnownCosts) -> tuple[str, ...]:
    notes = []
    if found.taken_home:
        notes.append(_("No country was said in the profile: the figures are those of Belgium."))
    if found.unknown:
        facts = {"facts": ", ".join(found.unknown)}
        notes.append(
            _("Not known, and so taken from firms at large, which makes the ranges wide: %(facts)s.") % facts
        )
    return tuple(notes)


def _model(model: ModelCost, found: KnownCosts) -> CostRow:
    total, dearest = model.total, found.dearest or Decimal(1)
    amounts = (total.low, total.middle, total.high, model.paid, model.own_time, model.damage)
    return CostRow(
        model.name,
        model.is_current,
        (float(total.low / dearest), float(total.middle / dearest), float(total.high / dearest)),
        tuple(whole_money(amount, found.currency) for amount in amounts),
    )


def _lines(found: KnownCosts) -> tuple[tuple[str, ...], ...]:
    """Every line that some model has, with what each model has of it; the largest first."""
    by_model = [{name: mean for name, mean, _kind in model.lines} for model in found.models]
    names = dict.fromkeys(name for lines in by_model for name in lines)
    largest = sorted(names, key=lambda name: -max(lines.get(name, Decimal(0)) for lines in by_model))
    return tuple(
        (name, *(whole_money(lines[name], found.currency) if name in lines else "–" for lines in by_model))
        for name in largest
    )


def _assumptions(found: KnownCosts) -> list[AssumptionRow]:
    rows = []
    for name, each in found.assumptions:
        marks = [_("own figure")] if each["note"] else []
        if each["stale"]:
            marks.append(_("older than three years"))
        rows.append(
            AssumptionRow(
                (name, *(number(each[end]) for end in ("low", "mode", "high")), each["unit"]),
                f"{each['source']}, {each['year']} ({each['quality']})",
                tuple(marks),
                tuple(f"{_('Also published:')} {other['says']}" for other in each["others"]),
            )
        )
    return rows


def _words(found: KnownCosts) -> dict[str, str | list[str]]:
    money = [_("Low"), _("Middle"), _("High"), _("Paid"), _("Own time"), _("Damage")]
    return {
        "title": _("What each model costs"),
        "question": _("What would each model cost us over three years?"),
        "current": _("what you have"),
        "ranges": _("Three years, the cheapest first"),
        "range_columns": [_("Model"), _("Range"), *money],
        "range_note": _(
            "All models are costed for the same need: what one does not supply is bought at its market price. "
            "Paid, own time and damage are means; damage is what is to be expected from outages and attacks, "
            "not what will happen. One in ten outcomes is below the range and one in ten above."
        ),
        "made_of": _("What it is made of"),
        "line": _("Three years, mean"),
        "cheaper": _("How sure is it that one is cheaper than another?"),
        "cheaper_than": _("Cheaper than"),
        "cheaper_note": _("Read along a row. Models are compared in the same world, run by run."),
        "break_even": _("From how many people on is in-house cheaper?"),
        "break_even_note": _(
            "Published rules of thumb say from 20, 50, 80, 100, 150 or 500 people on, and contradict each other. "
            "This is worked out for a firm like yours of any size."
        ),
        "swings": _("What moves the cost of “%(name)s” most") % {"name": found.swings_of},
        "swing_columns": [_("Assumption"), _("Low"), _("Three years then"), _("High"), _("Three years then")],
        "turns": _("What would turn the order"),
        "turn_note": _(
            "One assumption at its low or high, all others in the middle. "
            "Where you know better, put in your own figure."
        ),
        "no_turn": _(
            "No single assumption: %(name)s costs least with each of them at its low and at its high."
        )
        % {"name": found.swings_of},
        "assumptions": _("What it rests on"),
        "assumption_columns": [_("Assumption"), _("Low"), _("Usual"), _("High"), _("Unit"), _("Source")],
        "worked_out": _(
            "Worked out by %(rules)s in %(runs)s runs of 36 months, which makes the means exact to %(exact)s "
            "(standard error). Quality A is official, B read in the source, "
            "C derived or contested, D an opinion or ours."
        )
        % {
            "rules": found.rule_set,
            "runs": number(found.shape["runs"]),
            "exact": whole_money(found.exact_to, found.currency),
        },
    }
