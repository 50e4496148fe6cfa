"""Card statements as issuers write them."""

from __future__ import annotations

import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake import cards
from pilothouse.intake.cards import SETTLEMENT, fields_of, mask_cards, read_card_table
from pilothouse.intake.papers import Statement
from pilothouse.intake.tables.sheets import read_sheets
from tests.intake import bank_csv_samples, card_samples, listing_samples


def read(text: str, mapping: dict[str, str] | None = None) -> list[Statement]:
    reading = read_card_table(read_sheets(text.encode())[0], mapping)
    assert reading is not None
    return [paper for paper in reading[0] if isinstance(paper, Statement)]


def one(text: str, mapping: dict[str, str] | None = None) -> Statement:
    (statement,) = read(text, mapping)
    return statement


def is_card(text: str) -> bool:
    return read_card_table(read_sheets(text.encode())[0]) is not None


def rules(statement: Statement) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.place) for problem in statement.problems]


@pytest.mark.parametrize("name", card_samples.ALL)
def test_each_card_is_masked_and_spending_is_negative(name: str) -> None:
    for statement in read(card_samples.ALL[name]):
        assert statement.account
        assert statement.account.startswith("**** ")
        assert len(statement.account) == 9
        assert (statement.opening, statement.closing) == (None, None)
        for movement in statement.movements:
            gives_back = any(word in movement.communication for word in ("terugbetaling",)) or (
                movement.counterparty.name in {"SHOP REFUND", "MAGASIN"}
            )
            assert (movement.amount > 0) == (gives_back or movement.code == SETTLEMENT)


def test_each_card_is_a_statement_with_its_holder_and_the_foreign_amount() -> None:
    first, second = read(card_samples.KBC_NL)
    assert (first.account, first.holder, first.currency, first.number) == (
        "**** 1234",
        "AN PEETERS",
        "EUR",
        "2026012",
    )
    assert (second.account, second.holder) == ("**** 9999", "BOB CLAES")
    abroad, at_home = first.movements
    assert (abroad.amount, abroad.communication) == (Decimal("-11.01"), "United States - 123 12.00 USD")
    assert abroad.counterparty.name == "CLOUD BOX"
    assert at_home.communication == "Belgium - Gent"


def test_the_payment_of_the_bill_tells_the_sign_and_is_marked() -> None:
    bought, back, paid = one(card_samples.AMEX).movements
    assert [(m.amount, m.code) for m in (bought, back, paid)] == [
        (Decimal("-28.91"), None),
        (Decimal("3.50"), None),
        (Decimal("200.00"), SETTLEMENT),
    ]
    assert bought.communication == "30.00 USD"


def test_without_it_most_lines_are_spending() -> None:
    lines = card_samples.AMEX.splitlines()
    assert [m.amount for m in one("\n".join([*lines[:3], lines[1]])).movements] == [
        Decimal("-28.91"),
        Decimal("3.50"),
        Decimal("-28.91"),
    ]


def test_words_of_a_settlement_on_a_purchase_mark_nothing() -> None:
    text = card_samples.AMEX.replace("CLOUD BOX", "SETTLEMENT CAFE").replace("28.91", "1.00")
    assert one(text).movements[0].code is None


def test_pending_purchases_are_counted_and_left_out() -> None:
    statement = one(card_samples.CORPORATE_FR)
    assert len(statement.movements) == 3
    assert rules(statement) == [("card.not_booked", None)]


def test_a_full_card_number_never_comes_out() -> None:
    text = card_samples.CORPORATE_FR.replace("NUAGE SA", "NUAGE 4111111111111111")
    statement = one(text)
    assert "4111" not in str(statement).replace("1111 1111", "")
    assert statement.movements[0].counterparty.name == "NUAGE **** 1111"
    assert mask_cards("order 1234567890123") == "order 1234567890123"  # no card: its check digit is wrong


def test_a_card_may_have_a_name() -> None:
    statement = one(card_samples.AMEX.replace("-71002", "Office card"))
    assert statement.account == "Office card"


def test_a_mapping_says_it_for_any_table() -> None:
    text = "Wann;Wo;Wieviel;Karte\n01.02.2026;Laden;5,00;*1234\n02.02.2026;Laden;6,00;*1234\n"
    assert not is_card(text)
    statement = one(text, {"wann": "date", "WO": "merchant", "Wieviel": "amount", "Karte": "card"})
    assert [(m.amount, m.counterparty.name) for m in statement.movements] == [
        (Decimal(-5), "Laden"),
        (Decimal(-6), "Laden"),
    ]
    assert statement.account == "**** 1234"


def test_a_mapping_of_another_table_fits_nothing() -> None:
    sheets = read_sheets(card_samples.AMEX.encode())[0]
    assert read_card_table(sheets, {"Wann": "date", "Wieviel": "amount"}) is None


def test_a_mapping_without_an_amount_gives_problems_and_no_guess() -> None:
    statement = one(card_samples.AMEX, {"Date": "date", "Description": "merchant"})
    assert statement.movements == ()
    assert [rule for rule, _ in rules(statement)] == ["card.line"] * 3 + ["card.account"]


def test_lines_that_cannot_be_read_are_named_and_totals_left_out() -> None:
    text = (
        card_samples.CORPORATE_FR
        + "24/07/2026;X;much;;EUR;4111 1111 1111 1111;;;\nsoon;X;5,00;;EUR;4111 1111 1111 1111;;;\n"
        + "25/07/2026;Solde précédent;300,00;;EUR;;;;\n;page 2;;;;;;;\n"
    )
    assert rules(one(text)) == [("card.line", "line 6"), ("card.line", "line 7"), ("card.not_booked", None)]


def test_headings_alone_are_a_statement_with_nothing_in_it() -> None:
    heading = card_samples.KBC_NL.split("\n")[0]
    reading = read_card_table(read_sheets((heading + "\n").encode())[0])
    assert reading is not None
    assert [problem.rule for problem in reading[1]] == ["card.empty"]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Amount,Description\n01/02/2026,5.00,Shop\n",
        "Date,Amount,Merchant,Cardholder,Journal\n01/02/2026,5.00,Shop,An,A1\n",
        "Card,Colour\n1234,red\n",
        card_samples.AMEX.replace("Card Member", "Person").replace("-71002", "Office"),
    ],
)
def test_other_tables_are_no_card_statements(text: str) -> None:
    assert not is_card(text)


@pytest.mark.parametrize("name", [*listing_samples.TABLES])
def test_lists_are_no_card_statements(name: str) -> None:
    assert not is_card(listing_samples.TABLES[name][0])


@pytest.mark.parametrize("name", sorted(bank_csv_samples.ALL.keys() - {"Wise"}))
def test_bank_lists_are_no_card_statements(name: str) -> None:
    assert not is_card(bank_csv_samples.ALL[name])


def test_a_category_of_merchants_is_enough() -> None:
    text = "Transaction date,Merchant,Amount,Currency,MCC\n13/02/2026,Shop,5.00,GBP,5734\n"
    statement = one(text)
    assert (statement.account, statement.currency) == (None, "GBP")
    assert statement.movements[0].amount == -5
    assert rules(statement) == [("card.account", None)]


def test_more_cards_than_anybody_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MOST_STATEMENTS", 1)
    reading = read_card_table(read_sheets(card_samples.KBC_NL.encode())[0])
    assert reading is not None
    assert reading[0] == ()
    assert [problem.rule for problem in reading[1]] == ["card.cards"]


def test_the_fields_for_the_screen_are_in_plain_words() -> None:
    assert fields_of()["merchant"] == "merchant"


CELLS = st.text(alphabet=string.printable + "éà€", max_size=12)


@given(st.sampled_from(list(card_samples.ALL.values())), st.data())
def test_a_spoiled_statement_never_raises(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    spoiled = text[:at] + data.draw(CELLS) + text[data.draw(st.integers(at, len(text))) :]
    reading = read_card_table(read_sheets(spoiled.encode())[0])
    assert reading is None or all(isinstance(paper, Statement) for paper in reading[0])


def test_the_amount_billed_may_stand_alone_or_beside_the_original_without_its_currency() -> None:
    alone = (
        "Kaartnummer;Datum verrichting;Handelaar;Bedrag in EUR\n512788XXXXXX1234;21/12/2026;WINKEL;-5,49\n"
    )
    beside = alone.replace("Handelaar;", "Handelaar;Bedrag;").replace("WINKEL;", "WINKEL;6,00;")
    for text in (alone, beside):
        found = read_card_table(read_sheets(text.encode())[0])
        assert found is not None
        (statement,), _ = found
        assert isinstance(statement, Statement)
        assert [movement.amount for movement in statement.movements] == [Decimal("-5.49")]
