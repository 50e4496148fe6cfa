"""The diagnosis: chapters on the figures that are shown, each figure with its proof down to the line of the file.

A chapter is a function from a `Case` to a `Chapter`, and a row in `CHAPTERS`; later topics add theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from stdnum.eu import vat

import pilothouse
from pilothouse.accounts.models import Company, User
from pilothouse.engine.dates import Month
from pilothouse.engine.money import Money
from pilothouse.records.models import ProfileVersion, Report, SourceFile
from pilothouse.reporting import charts, formats
from pilothouse.reporting.diagnosis import (
    Chapter,
    Chart,
    Column,
    Diagnosis,
    FigureRow,
    FindingRow,
    Marker,
    Row,
    SourceRow,
    Summary,
    Table,
    as_json,
)
from pilothouse.reporting.pdf import pdf
from pilothouse.services import spend
from pilothouse.services.answers import Overview, Shown, ShownPart
from pilothouse.services.case import LONGEST_LIST, Case
from pilothouse.services.chapter_on_contracts import chapter_on_contracts, urgent_steps
from pilothouse.services.chapter_on_dangers import chapter_on_dangers
from pilothouse.services.chapter_on_intake import chapter_on_intake
from pilothouse.services.chapter_on_sourcing import chapter_on_sourcing

BARS = 10
NARROW, WIDE = 340, 720


# --- chapters ---------------------------------------------------------------------------------------------------


def chapter_on_spend(case: Case) -> Chapter:
    """What IT costs and where it goes."""
    found = case.overview
    return Chapter(
        key="spend",
        title="What do we pay for IT?",
        answer=answer_on_spend(case),
        figures=_figures_on_spend(case),
        charts=tuple(_charts_on_spend(case)),
        tables=(
            _table(case, "IT by purpose", "Bought for", found.by_purpose),
            _table(case, "IT by vendor", "Vendor", found.by_vendor),
        ),
        findings=_findings(case),
        next_step=next_steps(case)[0],
    )


def answer_on_spend(case: Case) -> str:
    """The answer in a sentence, with its figure and dates."""
    found = case.overview
    span = f"from {case.day(found.period_from)} to {case.day(found.period_to)}"
    if not found.it_total.count:
        return f"No IT was found among the papers {span}."
    tax = "without VAT" if found.recovers_vat else "VAT included"
    said = f"IT cost {case.money(found.it_total.value)} {span}, {tax}"
    if found.change is None or not found.year_before or not found.year_before.value.amount:
        return said + "."
    way = "more" if found.change.amount > 0 else "less"
    difference = case.money(Money(abs(found.change.amount), found.currency))
    return f"{said}: {difference} {way} than in the year before."


def _figures_on_spend(case: Case) -> tuple[FigureRow, ...]:
    found = case.overview
    rows = [_figure(case, "IT in twelve months", found.it_total, "Lines recognised as IT", _note(case))]
    if found.year_before is not None:
        rows.append(_figure(case, "The year before", found.year_before, "Lines recognised as IT"))
    if found.unsure.count:
        what = "Lines of which nobody has said whether they are IT"
        rows.append(_figure(case, "Not said yet whether IT", found.unsure, what, "not in the total"))
    rows.append(_figure(case, "All spending", found.all_spend, "All lines that count as cost"))
    return tuple(rows)


def _figure(case: Case, label: str, figure: Shown, what: str, note: str = "") -> FigureRow:
    proof = case.cite(figure, _says(case, figure, what))
    marker = _marker(figure) if figure.conditions.get("it") == "yes" else Marker.FIRM
    return FigureRow(label, figure.value, proof, note, marker)


def _note(case: Case) -> str:
    """What should be known of the total: how much of it rests on an estimate."""
    estimated = case.overview.estimated
    if not estimated.count:
        return ""
    return f"of which {case.money(estimated.value)} from bank lines without an invoice, VAT taken off by estimate"


def _marker(figure: Shown) -> Marker:
    if figure.proposed is not None and figure.proposed.amount:
        return Marker.PROPOSED
    return Marker.FIRM


def _says(case: Case, figure: Shown, what: str) -> str:
    days = [
        date.fromisoformat(figure.conditions[name]) for name in ("from", "to") if name in figure.conditions
    ]
    span = f" from {case.day(days[0])} to {case.day(days[1])}" if len(days) == 2 else ""
    return f"{what}{span}, each counted once."


def _charts_on_spend(case: Case) -> Iterable[Chart]:
    found = case.overview
    if not found.it_total.count:
        return
    yield _chart_by_month(case)
    yield _chart_by_purpose(case)
    yield _chart_by_vendor(case)


def _words(case: Case) -> charts.ChartWords:
    tax = "without VAT" if case.overview.recovers_vat else "VAT included"
    return charts.ChartWords(unit=f"{case.overview.currency}, {tax}", value="This year", before="Year before")


SOURCE = "From your own invoices and bank files"


def _chart_by_month(case: Case) -> Chart:
    months = case.overview.by_month
    dearest = max(months, key=lambda part: part.figure.value.amount)
    title = f"The dearest month was {_month(case, dearest)}, at {case.money(dearest.figure.value)}"
    spec = charts.bars_over_months(
        [
            charts.MonthSum(_first_day(part), part.figure.value, part.before.value if part.before else None)
            for part in months
        ],
        _words(case),
    )
    rows = tuple(
        Row(
            (_month(case, part), part.figure.value, part.before.value if part.before else None),
            tuple(
                case.cite(figure, f"IT of {formats.month(day, case.language)}.")
                for figure, day in _with_year_before(part)
            ),
        )
        for part in months
    )
    columns = (Column("Month"), Column("IT", "money"), Column("Year before", "money"))
    return Chart("by-month", title, spec, Table("IT by month", columns, rows), SOURCE)


def _with_year_before(part: ShownPart) -> Iterable[tuple[Shown, date]]:
    """The figure of a month and, where there is one, of the same month a year earlier, each with its first day."""
    day = _first_day(part)
    yield part.figure, day
    if part.before is not None:
        yield part.before, day.replace(year=day.year - 1)


def _first_day(part: ShownPart) -> date:
    year, _, month = part.key.partition("-")
    return Month(int(year), int(month)).first_day


def _month(case: Case, part: ShownPart) -> str:
    return formats.month(_first_day(part), case.language)


def _chart_by_purpose(case: Case) -> Chart:
    found = case.overview
    first = found.by_purpose[0]
    title = f"Most goes to {_within(first.label)}: {case.money(first.figure.value)}"
    return _bars(case, "by-purpose", title, "Bought for", found.by_purpose)


def _within(label: str) -> str:
    """A label in the middle of a sentence: small, unless it is an abbreviation.

    >>> _within("Office suite and mail"), _within("ERP")
    ('office suite and mail', 'ERP')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _chart_by_vendor(case: Case) -> Chart:
    found = case.overview
    first = found.by_vendor[0]
    title = f"{first.label} is paid most: {case.money(first.figure.value)}"
    return _bars(case, "by-vendor", title, "Vendor", found.by_vendor)


def _bars(case: Case, key: str, title: str, what: str, parts: tuple[ShownPart, ...]) -> Chart:
    shown = parts[:BARS]
    named = [
        charts.NamedSum(part.label, part.figure.value, part.before.value if part.before else None)
        for part in shown
    ]
    table = _table(case, title, what, shown)
    note = f"; the {BARS} largest of {len(parts)}" if len(parts) > BARS else ""
    return Chart(key, title, charts.sorted_bars(named, _words(case)), table, SOURCE + note)


def _table(case: Case, title: str, what: str, parts: tuple[ShownPart, ...]) -> Table:
    columns = (
        Column(what),
        Column("This year", "money"),
        Column("Year before", "money"),
        Column("Lines", "number"),
    )
    rows = [
        Row(
            (part.label, part.figure.value, part.before.value if part.before else None, part.figure.count),
            tuple(
                case.cite(figure, _says(case, figure, f"IT: {part.label}"))
                for figure in (part.figure, part.before)
                if figure is not None
            ),
        )
        for part in parts[:LONGEST_LIST]
    ]
    rest = parts[LONGEST_LIST:]
    if rest:  # without a sum: none stands here that no proof opens
        rows.append(
            Row(
                (
                    f"{len(rest)} more, on the pages of the company",
                    None,
                    None,
                    sum(p.figure.count for p in rest),
                )
            )
        )
    return Table(title, columns, tuple(rows))


def _findings(case: Case) -> tuple[FindingRow, ...]:
    rows = []
    for finding in case.overview.findings:
        proofs = [case.cite_conditions(c, "The lines this rests on.") for c in finding.because if c]
        if proofs:
            rows.append(FindingRow(finding.sentence, tuple(dict.fromkeys(proofs)), finding.worth))
    return tuple(rows)


def next_steps(case: Case) -> tuple[str, ...]:
    """What to do, first things first."""
    found = case.overview
    steps = []
    if not found.firm:
        steps.append(
            "Give the VAT number of your company in the profile, so that purchases and sales are told apart."
        )
    elif not found.all_spend.count:
        steps.append(
            f"Check who you are: the papers say “{found.firm}”, and nothing it bought counts here. "
            "If that is wrong, give your VAT number in the profile; else bring in its bank files."
        )
    if found.unsure_vendors:
        first = found.unsure_vendors[0]
        steps.append(
            f"Say whether {first.label} is IT: {case.money(first.figure.value)} wait for the answer. "
            f"With {_vendors(len(found.unsure_vendors))} answered, nothing in this total is unsure."
        )
    if found.is_old:
        steps.append(f"Bring in newer papers: the last ones are of {case.day(found.period_to)}.")
    if found.it_total.proposed is not None and found.it_total.proposed.amount:
        steps.append("Look through the vendors that were recognised, and confirm the large ones.")
    return tuple(steps) or ("Nothing to do: every line that counts is confirmed.",)


def _vendors(number: int) -> str:
    return "this vendor" if number == 1 else f"these {number} vendors"


CHAPTERS: tuple[Callable[[Case], Chapter], ...] = (
    chapter_on_spend,
    chapter_on_contracts,
    chapter_on_dangers,
    chapter_on_sourcing,
    chapter_on_intake,
)


# --- the whole --------------------------------------------------------------------------------------------------


def of(company: Company, *, today: date, language: str = "en") -> Diagnosis | None:
    """The diagnosis as it stands now; None before the first papers."""
    found = spend.overview(company, today=today, language=language)
    if found is None or not any(found.counts.values()):
        return None
    case = Case(company, found, language, today)
    chapters = tuple(chapter(case) for chapter in CHAPTERS)
    summary = _summary(case, chapters[0])
    return Diagnosis(
        company=company.name or found.firm or "Your company",
        today=today,
        period_from=found.period_from,
        period_to=found.period_to,
        currency=found.currency,
        language=language,
        made_by=pilothouse.__version__,
        headline=answer_on_spend(case),
        summary=summary,
        chapters=chapters,
        proofs=tuple(case.proofs.values()),
        sources=_sources(case),
        sample=company.is_sample,
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """The diagnosis as its page needs it: every figure leads to its proof, which is worked out when it is opened."""

    headline: str
    summary: Summary
    chapters: tuple[Chapter, ...]
    sample: bool


def outline_of(company: Company, *, today: date, language: str = "en") -> Outline | None:
    """The diagnosis as it stands now, without the lines of its proofs; None before the first papers."""
    found = spend.overview(company, today=today, language=language)
    if found is None or not any(found.counts.values()):
        return None
    case = Case(company, found, language, today, with_proofs=False)
    chapters = tuple(chapter(case) for chapter in CHAPTERS)
    return Outline(answer_on_spend(case), _summary(case, chapters[0]), chapters, company.is_sample)


def _summary(case: Case, on_spend: Chapter) -> Summary:
    by_purpose = [chart for chart in on_spend.charts if chart.key == "by-purpose"]
    found = case.overview
    unsure = []
    if found.unsure.count:
        lines, vendors = found.unsure.count, len(found.unsure_vendors)
        sentence = f"Of {lines} lines of {vendors} vendors nobody has said whether they are IT."
        proof = case.cite(
            found.unsure, _says(case, found.unsure, "Lines of which nobody has said whether they are IT")
        )
        unsure.append(FindingRow(sentence, (proof,), found.unsure.value))
    if found.estimated.count:
        sentence = "Bank lines without an invoice: the VAT in them is estimated."
        proof = case.cite(
            found.estimated, _says(case, found.estimated, "Bank lines without an invoice, recognised as IT")
        )
        unsure.append(FindingRow(sentence, (proof,), found.estimated.value))
    return Summary(
        figures=on_spend.figures,
        chart=by_purpose[0] if by_purpose else None,
        unsure=tuple(unsure),
        next_steps=(*urgent_steps(case), *next_steps(case)),
    )


KIND_OF_FILE = {
    "invoice": "e-invoice",
    "credit_note": "e-invoice",
    "statement": "bank file",
    "ledger": "ledger",
    "listing": "list",
    "rates": "exchange rates",
    "document": "document",
}


def _sources(case: Case) -> tuple[SourceRow, ...]:
    """The files that proofs name, in the order of their numbers."""
    files = SourceFile.objects.of(case.company).filter(pk__in=case.sources).prefetch_related("papers")
    rows = []
    for file in files:
        papers = list(file.papers.all())
        gave = "; ".join(f"{paper.kind.replace('_', ' ')} {paper.number}".strip() for paper in papers[:3])
        more = f" and {len(papers) - 3} more" if len(papers) > 3 else ""
        kind = KIND_OF_FILE.get(papers[0].kind, "file") if papers else "file"
        rows.append(SourceRow(case.sources[file.pk], file.name, kind, file.sha256, gave + more))
    return tuple(sorted(rows, key=lambda row: row.number))


def spend_chapter(company: Company, found: Overview, *, language: str) -> Chapter:
    """The chapter on spend alone, for its page."""
    return chapter_on_spend(Case(company, found, language, found.review.today, with_proofs=False))


def draw(
    company: Company, found: Overview, key: str, *, language: str, mode: charts.Mode, narrow: bool
) -> str | None:
    """One chart of the spend page as SVG; None where there is no such chart."""
    makers = {"by-month": _chart_by_month, "by-purpose": _chart_by_purpose, "by-vendor": _chart_by_vendor}
    if key not in makers or not found.it_total.count:
        return None
    chart = makers[key](Case(company, found, language, found.review.today, with_proofs=False))
    return charts.svg(chart.spec, locale=language, mode=mode, width=NARROW if narrow else WIDE)


# --- keeping ----------------------------------------------------------------------------------------------------


def keep(company: Company, *, by: User, now: datetime, language: str = "en") -> Report | None:
    """Print the diagnosis of this moment and keep it as it is; None before the first papers."""
    found = of(company, today=now.date(), language=language)
    if found is None:
        return None
    report = Report(
        company=company, by=by, created_at=now, review=spend.current(company), content=as_json(found)
    )
    report.pdf.save("diagnosis.pdf", ContentFile(pdf(found)), save=False)
    report.save()
    return report


def company_named(named: str) -> Company:
    """The company of that name or VAT number, for the command line; made where there is none."""
    number = vat.compact(named) if vat.is_valid(named) else ""
    if number:
        profile = ProfileVersion.objects.filter(vat_id=number).select_related("company").first()
        if profile is not None:
            owner: Company = profile.company
            return owner
    found: Company | None = Company.objects.filter(name=named).first()
    if found is not None:
        return found
    company: Company = Company.objects.create(name=named, slug=Company.free_slug(named))
    if number:
        ProfileVersion.objects.create(company=company, holds_from=date(2000, 1, 1), vat_id=number)
    return company
