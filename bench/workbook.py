"""How long a workbook of 100,000 rows takes from bytes to ledger lines. Run: `python -m bench.workbook`."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from bench.machine import table, timed

ROWS = 100_000
_HEADERS = (
    "Factuurdatum",
    "Factuurnummer",
    "Leverancier",
    "BTW-nummer",
    "Omschrijving",
    "Rekening",
    "Bedrag excl. BTW",
    "BTW",
    "Totaal",
    "Kostenplaats",
)


def _workbook() -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Aankopen")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, _HEADERS)
    for row in range(1, ROWS + 1):
        net = row * 37 % 90_000 / 100 + 5
        sheet.write_datetime(row, 0, datetime(2025, 1, 1) + timedelta(days=row % 365), day)
        sheet.write_row(
            row, 1, [f"F{row}", f"Leverancier {row % 3000}", "BE0202239951", f"Levering {row % 50}"]
        )
        sheet.write_row(row, 5, [600_000 + row % 200, net, net * 0.21, net * 1.21, f"Dienst {row % 12}"])
    book.close()
    return content.getvalue()


def main() -> None:
    from pilothouse.intake.ledgers import read_ledger
    from pilothouse.intake.papers import Ledger

    data = _workbook()
    seconds, (papers, _) = timed(lambda: read_ledger(data))
    (ledger,) = papers
    assert isinstance(ledger, Ledger)
    assert len(ledger.lines) == ROWS
    table(
        f"A workbook of {ROWS:,} rows ({len(data) / 2**20:.1f} MiB)",
        [("from bytes to ledger lines", f"{seconds:.1f} s", "5 s")],
    )


if __name__ == "__main__":
    main()
