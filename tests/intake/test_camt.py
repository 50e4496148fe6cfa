"""CAMT statements of made-up companies, and what must come out of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake import xml
from pilothouse.intake.camt import looks_like_camt, read_camt
from pilothouse.intake.camt import statement as statements
from pilothouse.intake.papers import Balance, Counterparty, Movement, Problem, Statement
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.statements import PROBLEMS_SHOWN

OURS = "BE68539007547034"
THEIRS = "BE71096123456769"
MESSAGES = {
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "053": ("BkToCstmrStmt", "Stmt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


# --- a small builder


def balance(kind: str, amount: str, day: str = "2026-03-02", currency: str = "EUR", way: str = "CRDT") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount}</Amt>'
        f"<CdtDbtInd>{way}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(amount: str, details: str = "", way: str = "DBIT", more: str = "", **changed: str) -> str:
    status = changed.get("status", "<Sts>BOOK</Sts>")
    day = changed.get("day", "<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt>")
    currency = changed.get("currency", "EUR")
    return (
        f'<Ntry><NtryRef>7</NtryRef><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>{status}{day}'
        f"{more}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def detail(amount: str | None = None, words: str = "", way: str | None = None, more: str = "") -> str:
    money = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    direction = f"<CdtDbtInd>{way}</CdtDbtInd>" if way else ""
    remittance = f"<RmtInf><Ustrd>{words}</Ustrd></RmtInf>" if words else ""
    return f"<TxDtls>{money}{direction}{more}{remittance}</TxDtls>"


def parties(debtor: str = "", creditor: str = "", agents: str = "") -> str:
    return f"<RltdPties>{debtor}{creditor}</RltdPties><RltdAgts>{agents}</RltdAgts>"


def debtor(name: str, account: str = "") -> str:
    return side("Dbtr", name, account)


def creditor(name: str, account: str = "") -> str:
    return side("Cdtr", name, account)


def side(part: str, name: str, account: str) -> str:
    number = f"<{part}Acct><Id><IBAN>{account}</IBAN></Id></{part}Acct>" if account else ""
    return f"<{part}><Nm>{name}</Nm></{part}>{number}"


ACCOUNT = f"<Acct><Id><IBAN>{OURS}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Bakkerij De Zon</Nm></Ownr></Acct>"
HEAD = f"<Id>S1</Id><ElctrncSeqNb>12</ElctrncSeqNb><CreDtTm>2026-03-04T01:00:00</CreDtTm>{ACCOUNT}"
HOLDING = balance("OPBD", "100.00", "2026-03-01") + balance("CLBD", "90.00")


def statement(*parts: str, message: str = "053", head: str = HEAD) -> str:
    return f"<{MESSAGES[message][1]}>{head}{''.join(parts)}</{MESSAGES[message][1]}>"


def document(*statements: str, message: str = "053", version: str = "02") -> bytes:
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.{message}.001.{version}"
    name = MESSAGES[message][0]
    inside = f"<GrpHdr><MsgId>M</MsgId></GrpHdr>{''.join(statements)}"
    return (
        f'<?xml version="1.0"?>\n<Document xmlns="{namespace}"><{name}>{inside}</{name}></Document>'.encode()
    )


def read_one(*parts: str, message: str = "053", head: str = HEAD) -> Statement:
    papers, problems = read_camt(document(statement(*parts, message=message, head=head), message=message))
    assert problems == ()
    (paper,) = papers
    assert isinstance(paper, Statement)
    return paper


def movements(*entries: str) -> tuple[Movement, ...]:
    return read_one(*entries, message="054").movements


def rules(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.level) for problem in problems]


# --- statements


def test_a_statement_says_whose_account_it_is_and_what_was_on_it() -> None:
    paper = read_one(HOLDING, entry("10.00"))
    assert (paper.account, paper.currency, paper.number) == (OURS, "EUR", "12")
    assert paper.holder == "Bakkerij De Zon"
    assert paper.opening == Balance(date(2026, 3, 1), Decimal("100.00"))
    assert paper.closing == Balance(date(2026, 3, 2), Decimal("90.00"))
    assert [movement.amount for movement in paper.movements] == [Decimal("-10.00")]
    assert paper.problems == ()


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("version", ["01", "02", "08", "13"])
def test_every_message_and_version_is_read_and_recognised(message: str, version: str) -> None:
    data = document(statement(entry("5"), message=message), message=message, version=version)
    assert looks_like_camt(data[:4096])
    (paper,), problems = read_paper(data, "x")
    assert isinstance(paper, Statement)
    assert (paper.movements[0].amount, problems) == (Decimal(-5), ())


def test_a_prefix_an_envelope_another_encoding_and_no_namespace_change_nothing() -> None:
    plain = document(statement(HOLDING, entry("10", detail(words="Bäcker"))))
    text = plain.decode()
    prefixed = (
        text.replace("xmlns=", "xmlns:n=").replace("<", "<n:").replace("<n:/", "</n:").replace("<n:?", "<?")
    )
    body = text[text.index("<Document") :]
    variants = [
        prefixed.encode(),
        f'<Envelope xmlns="urn:x"><Header/>\n{body}</Envelope>'.encode(),
        text.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        text.replace(text[text.index(" xmlns") : text.index("><BkTo")], "").encode(),
    ]
    for data in variants:
        assert looks_like_camt(data)
        papers, problems = read_camt(data)
        assert (len(papers), problems) == (1, ())
        assert papers == read_camt(plain)[0]


def test_a_file_may_hold_several_statements_and_entries_stay_in_theirs() -> None:
    other = HEAD.replace(OURS, THEIRS)
    papers, _ = read_camt(
        document(statement(HOLDING, entry("10")), statement(entry("1"), entry("2"), head=other))
    )
    found = [(p.account, len(p.movements)) for p in papers if isinstance(p, Statement)]
    assert found == [(OURS, 1), (THEIRS, 2)]


@pytest.mark.parametrize(
    ("identity", "account"),
    [
        ("<IBAN>BE68 5390 0754 7034</IBAN>", OURS),
        ("<Othr><Id>123-456</Id></Othr>", "123-456"),
        ("<BBAN>539007547034</BBAN>", "539007547034"),
        ("<PrtryAcct><Id>77</Id></PrtryAcct>", "77"),
    ],
)
def test_the_account_is_an_iban_or_what_the_bank_calls_it(identity: str, account: str) -> None:
    head = f"<Acct><Id>{identity}</Id></Acct>"
    assert read_one(entry("1"), head=head, message="052").account == account


def test_the_number_is_that_of_the_paper_then_of_the_file_then_any() -> None:
    head = f"<Id>S1</Id>{{}}{ACCOUNT}"
    electronic = "<ElctrncSeqNb>12</ElctrncSeqNb>"
    numbers = [
        read_one(entry("1"), head=head.format(more), message="052").number
        for more in (electronic + "<LglSeqNb>13</LglSeqNb>", electronic, "")
    ]
    assert numbers == ["13", "12", "S1"]
    assert read_one(entry("1"), head=ACCOUNT, message="052").number is None


def test_a_statement_without_an_account_is_kept_and_says_so() -> None:
    paper = read_one(entry("1", currency="SEK"), head="", message="054")
    assert (paper.account, paper.currency, paper.holder) == (None, "SEK", None)
    assert rules(paper.problems) == [("camt.account", "error")]


def test_the_holder_may_stand_one_step_further_inside() -> None:
    head = ACCOUNT.replace("<Nm>Bakkerij De Zon</Nm>", "<Pty><Nm>De Zon</Nm></Pty>")
    assert read_one(entry("1"), head=head, message="052").holder == "De Zon"


# --- balances


def test_balances_that_do_not_hold_are_said_and_the_statement_is_kept() -> None:
    paper = read_one(HOLDING, entry("9.99"))
    (problem,) = paper.problems
    assert (problem.rule, problem.level, problem.place) == ("camt.balance", "error", "line 2")
    assert "100.00 before and -9.99 of movements give 90.01, and the bank says 90.00" in problem.message
    assert len(paper.movements) == 1


def test_an_overdrawn_account_has_negative_balances() -> None:
    paper = read_one(balance("OPBD", "5", way="DBIT"), balance("CLBD", "15", way="DBIT"), entry("10"))
    assert paper.opening
    assert paper.closing
    assert (paper.opening.amount, paper.closing.amount, paper.problems) == (Decimal(-5), Decimal(-15), ())


@pytest.mark.parametrize(
    ("balances", "opening", "closing"),
    [
        ([("PRCD", "100", "2026-03-01"), ("CLBD", "90", "2026-03-02")], "100", "90"),
        (
            [("PRCD", "1", "2026-02-28"), ("OPBD", "100", "2026-03-01"), ("CLBD", "90", "2026-03-02")],
            "100",
            "90",
        ),
        # a statement of several days carries the balances of each
        (
            [
                ("OPBD", "95", "2026-03-02"),
                ("CLBD", "90", "2026-03-02"),
                ("OPBD", "100", "2026-03-01"),
                ("CLBD", "95", "2026-03-01"),
            ],
            "100",
            "90",
        ),
        # pages: the balance between them opens or closes
        ([("OPBD", "100", "2026-03-01"), ("ITBD", "90", "2026-03-02")], "100", "90"),
        ([("ITBD", "100", "2026-03-01"), ("CLBD", "90", "2026-03-02")], "100", "90"),
        ([("ITBD", "100", "2026-03-01"), ("ITBD", "90", "2026-03-02")], "100", "90"),
        (
            [("OPAV", "3", "2026-03-01"), ("OPBD", "100", "bad"), ("CLBD", "90", ""), ("CLAV", "4", "")],
            "100",
            "90",
        ),
    ],
)
def test_balances_are_told_by_their_kind(
    balances: list[tuple[str, str, str]], opening: str, closing: str
) -> None:
    paper = read_one(*(balance(kind, amount, day) for kind, amount, day in balances), entry("10"))
    assert paper.opening
    assert paper.closing
    assert (paper.opening.amount, paper.closing.amount) == (Decimal(opening), Decimal(closing))
    assert paper.problems == ()


def test_version_1_says_the_kind_of_a_balance_without_a_step_between() -> None:
    old = HOLDING.replace("<CdOrPrtry>", "").replace("</CdOrPrtry>", "")
    paper = read_one(old, entry("10"))
    assert paper.opening
    assert (paper.opening.amount, paper.problems) == (Decimal(100), ())


@pytest.mark.parametrize("message", ["052", "054"])
def test_reports_and_notices_without_balances_have_none_and_nothing_is_wrong(message: str) -> None:
    paper = read_one(balance("ITBD", "3"), entry("10"), message=message)
    assert (paper.opening, paper.closing, paper.problems) == (None, None, ())


@pytest.mark.parametrize(
    ("balances", "words"),
    [
        (balance("OPBD", "1"), "no closing balance"),
        (balance("CLBD", "1"), "no opening balance"),
        ("", "no opening and closing balance"),
    ],
)
def test_a_statement_without_both_balances_cannot_be_proved(balances: str, words: str) -> None:
    (problem,) = read_one(balances, entry("10")).problems
    assert (problem.rule, problem.level) == ("camt.incomplete", "warning")
    assert words in problem.message


def test_a_page_of_several_needs_no_balances() -> None:
    head = HEAD + "<StmtPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"
    assert read_one(entry("10"), head=head).problems == ()


@pytest.mark.parametrize("broken", [balance("CLBD", "ninety"), balance("CLBD", "90", way="UP")])
def test_a_balance_that_cannot_be_read_is_said(broken: str) -> None:
    paper = read_one(balance("OPBD", "100"), broken, entry("10"))
    assert paper.closing is None
    assert rules(paper.problems) == [("camt.balance_unreadable", "error"), ("camt.incomplete", "warning")]


def test_amounts_of_several_currencies_are_kept_and_not_added() -> None:
    paper = read_one(balance("OPBD", "100"), balance("CLBD", "90", currency="SEK"), entry("10"))
    assert paper.closing
    assert (paper.currency, paper.closing.amount) == ("EUR", Decimal(90))
    assert rules(paper.problems) == [("camt.currency", "error")]
    assert "EUR, SEK" in paper.problems[0].message


def summary(credits_: str, debits: str, count: str = "1") -> str:
    return (
        f"<TxsSummry><TtlCdtNtries><Sum>{credits_}</Sum></TtlCdtNtries>"
        f"<TtlDbtNtries><NbOfNtries>{count}</NbOfNtries><Sum>{debits}</Sum></TtlDbtNtries></TxsSummry>"
    )


PENDING = entry("4", status="<Sts>PDNG</Sts>")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (summary("0", "10"), []),
        (summary("0", "14", "2"), []),  # with what is pending
        (summary("0", "11"), [("camt.control", "error")]),
        (summary("1", "10", "5"), [("camt.control", "error"), ("camt.count", "warning")]),
        (summary("", "", "many"), []),
    ],
)
def test_the_banks_own_sums_are_asked(said: str, expected: list[tuple[str, str]]) -> None:
    assert rules(read_one(HOLDING, said, entry("10"), PENDING).problems) == expected


# --- entries


@pytest.mark.parametrize(
    "status",
    [
        "<Sts>PDNG</Sts>",
        "<Sts>INFO</Sts>",
        "<Sts>FUTR</Sts>",
        "<Sts><Cd>PDNG</Cd></Sts>",
        "<Sts>\n <Cd>INFO</Cd>\n</Sts>",
    ],
)
def test_what_is_not_booked_yet_is_no_movement(status: str) -> None:
    assert len(read_one(HOLDING, entry("10"), entry("4", status=status)).movements) == 1


@pytest.mark.parametrize("status", ["<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>", ""])
def test_what_is_booked_is_a_movement(status: str) -> None:
    assert len(movements(entry("4", status=status))) == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("<BookgDt><Dt>2026-03-02</Dt></BookgDt>", (date(2026, 3, 2), None)),
        ("<BookgDt><Dt>2026-03-02+01:00</Dt></BookgDt>", (date(2026, 3, 2), None)),
        (
            "<BookgDt><DtTm>2026-03-02T23:30:00-05:00</DtTm></BookgDt><ValDt><DtTm>2026-03-05T00:00:00Z</DtTm></ValDt>",
            (date(2026, 3, 2), date(2026, 3, 5)),
        ),
        ("<ValDt><Dt>2026-03-05</Dt></ValDt>", (date(2026, 3, 5), date(2026, 3, 5))),
    ],
)
def test_days_stand_with_or_without_an_hour(day: str, expected: tuple[date, date | None]) -> None:
    (movement,) = movements(entry("4", day=day))
    assert (movement.date, movement.value_date) == expected


def test_an_entry_without_a_day_has_that_of_the_statement_and_says_so() -> None:
    paper = read_one(entry("4", day=""), message="054")
    assert paper.movements[0].date == date(2026, 3, 4)
    assert rules(paper.problems) == [("camt.day", "warning")]


@pytest.mark.parametrize(
    "broken",
    [
        entry("ten"),
        entry("-10"),
        entry(""),
        entry("1e9"),
        entry("10", way="UP"),
        entry("10", day="<BookgDt><Dt>31/02/2026</Dt></BookgDt>"),
    ],
)
def test_an_entry_that_cannot_be_read_is_left_out_and_said(broken: str) -> None:
    head = HEAD.replace("<CreDtTm>2026-03-04T01:00:00</CreDtTm>", "")
    paper = read_one(HOLDING, entry("10"), broken, head=head)
    assert len(paper.movements) == 1
    assert rules(paper.problems) == [("camt.entry", "error")]


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    paper = read_one(*([entry("ten")] * (PROBLEMS_SHOWN + 7)), message="054")
    assert len(paper.problems) == PROBLEMS_SHOWN + 1
    assert paper.problems[-1] == Problem("camt.more", "warning", "… and 7 more problems.")


def test_an_entry_that_stands_in_no_statement_is_none() -> None:
    stray = entry("3", detail("3", "STRAY"))
    data = document(f"<Other>{stray}</Other>{statement(entry('4'), message='054')}", message="054")
    papers, _ = read_camt(data)
    assert isinstance(papers[0], Statement)
    assert [movement.amount for movement in papers[0].movements] == [Decimal(-4)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "<Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>5</Cd></Prtry>",
            "PMNT-RCDT-ESCT",
        ),
        ("<Prtry><Cd>544</Cd></Prtry>", "544"),
        ("", None),
    ],
)
def test_the_code_is_that_of_the_standard_or_of_the_bank(code: str, expected: str | None) -> None:
    written = f"<BkTxCd>{code}</BkTxCd>"
    assert movements(entry("4", more=written))[0].code == expected
    assert movements(entry("4", detail(more=written)))[0].code == expected


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ("<RtrInf><Rsn><Cd>AM04</Cd></Rsn><AddtlInf>no money</AddtlInf></RtrInf>", "AM04"),
        ("<RtrInf><OrgnlBkTxCd/><Rsn><Prtry>914</Prtry></Rsn></RtrInf>", "914"),
        ("<RtrInf><RtrRsn><Cd>MD06</Cd></RtrRsn></RtrInf>", "MD06"),
        ("<RtrInf><Rsn/></RtrInf>", None),
        ("<RtrInf/>", None),
        ("", None),
    ],
)
def test_why_a_payment_came_back_is_read(returned: str, expected: str | None) -> None:
    (back,) = movements(entry("4", detail(more=returned), way="CRDT"))
    assert back.return_reason == expected


def test_the_reference_is_the_banks() -> None:
    own = "<AcctSvcrRef>R1</AcctSvcrRef>"
    refs = "<Refs><AcctSvcrRef>R2</AcctSvcrRef></Refs>"
    assert movements(entry("4", more=own))[0].bank_reference == "R1"
    assert movements(entry("4", detail(more=refs)))[0].bank_reference == "R2"
    assert movements(entry("4", detail(more=refs), more=own))[0].bank_reference == "R1"
    assert movements(entry("4"))[0].bank_reference == "7"


# --- details


def test_details_that_add_up_to_the_entry_are_movements_each_with_its_line() -> None:
    parts = [detail("4", "ONE", more="\n<Refs><AcctSvcrRef>A</AcctSvcrRef></Refs>"), "\n", detail("6", "TWO")]
    first, second = read_one(HOLDING, entry("10", "".join(parts))).movements
    assert [m.amount for m in (first, second)] == [Decimal(-4), Decimal(-6)]
    assert [m.communication for m in (first, second)] == ["ONE", "TWO"]
    assert [m.bank_reference for m in (first, second)] == ["A", "7"]
    assert [m.place for m in (first, second)] == ["line 2", "line 4"]


def test_details_may_go_the_other_way_than_their_entry() -> None:
    parts = detail("14", "PAID", way="DBIT") + detail("4", "BACK", way="CRDT")
    assert [m.amount for m in movements(entry("10", parts))] == [Decimal(-14), Decimal(4)]


def test_details_that_all_say_the_wrong_way_still_add_up() -> None:
    parts = detail("4", way="CRDT") + detail("6", way="CRDT")
    assert [m.amount for m in movements(entry("10", parts))] == [Decimal(-4), Decimal(-6)]


def test_version_2_says_the_amount_of_a_detail_one_step_further_inside() -> None:
    parts = [
        detail(more=f'<AmtDtls><{kind}><Amt Ccy="EUR">5</Amt></{kind}></AmtDtls>')
        for kind in ("TxAmt", "InstdAmt")
    ]
    assert [m.amount for m in movements(entry("10", "".join(parts)))] == [Decimal(-5), Decimal(-5)]


@pytest.mark.parametrize(
    "parts",
    [
        detail("4", "ONE") + detail("5", "TWO"),
        detail(None, "ONE") + detail("6", "TWO"),
        detail("4", "ONE").replace("EUR", "USD") + detail("6", "TWO"),
    ],
)
def test_details_that_do_not_add_up_are_words_of_one_movement(parts: str) -> None:
    (movement,) = read_one(HOLDING, entry("10", parts, more="<AddtlNtryInf>BATCH</AddtlNtryInf>")).movements
    assert movement.amount == Decimal(-10)
    assert movement.communication.startswith("BATCH [")
    assert "ONE] [" in movement.communication
    assert movement.communication.endswith("TWO]")


def test_the_details_of_a_total_name_amount_party_and_reference() -> None:
    named = detail("4", "+++090/9337/55493+++", more=parties(creditor=creditor("ZONNIG")))
    (movement,) = movements(entry("10", named + detail()))
    assert movement.communication == "[4.00 EUR ZONNIG 090933755493] []"
    assert movement.counterparty == Counterparty()


def test_a_total_paid_to_one_party_has_that_party() -> None:
    named = detail("4", more=parties(creditor=creditor("ZONNIG")))
    assert movements(entry("10", named + named))[0].counterparty == Counterparty("ZONNIG")


def test_a_total_of_many_details_shows_the_first_and_counts_the_others() -> None:
    (movement,) = movements(entry("10", "".join(detail("1", f"PART {n}") for n in range(30))))
    assert movement.communication.endswith("[1.00 EUR PART 24] [and 5 more details]")


# --- who


@pytest.mark.parametrize(
    ("way", "more", "expected"),
    [
        ("DBIT", "", "ZONNIG"),
        ("CRDT", "", "DE ZON"),
        ("CRDT", "<RvslInd>true</RvslInd>", "ZONNIG"),
        ("DBIT", "<RvslInd>1</RvslInd>", "DE ZON"),
        ("DBIT", "<RvslInd>false</RvslInd>", "ZONNIG"),
    ],
)
def test_the_counterparty_is_who_got_or_gave_the_money(way: str, more: str, expected: str) -> None:
    both = parties(debtor("DE ZON"), creditor("ZONNIG"))
    (movement,) = movements(entry("4", detail(more=both), way=way, more=more))
    assert movement.counterparty.name == expected
    assert movement.amount == (Decimal(4) if way == "CRDT" else Decimal(-4))


def test_the_counterparty_has_account_and_bank() -> None:
    agents = "<CdtrAgt><FinInstnId><BICFI>KREDBEBB</BICFI></FinInstnId></CdtrAgt>"
    both = parties(debtor("DE ZON", OURS), creditor("ZONNIG", THEIRS), agents)
    assert movements(entry("4", detail(more=both)))[0].counterparty == Counterparty(
        "ZONNIG", THEIRS, "KREDBEBB"
    )
    old = parties(creditor=creditor("ZONNIG"), agents=agents.replace("BICFI", "BIC"))
    assert movements(entry("4", detail(more=old)))[0].counterparty == Counterparty("ZONNIG", None, "KREDBEBB")
    assert movements(entry("4", detail(more=parties(agents=agents))))[0].counterparty.bic == "KREDBEBB"


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        ("<Cdtr><Pty><Nm>ZONNIG</Nm></Pty></Cdtr>", "ZONNIG"),
        ("<Cdtr><Agt><FinInstnId><Nm>BANK</Nm></FinInstnId></Agt></Cdtr>", "BANK"),
        ("<UltmtCdtr><Nm>SHOP</Nm></UltmtCdtr>", "SHOP"),
        ("<Cdtr><Nm>NOTPROVIDED</Nm></Cdtr><UltmtCdtr><Pty><Nm>SHOP</Nm></Pty></UltmtCdtr>", "SHOP"),
        ("<Cdtr><Nm>ZONNIG</Nm></Cdtr><UltmtCdtr><Nm>SHOP</Nm></UltmtCdtr>", "ZONNIG"),
        ("", None),
    ],
)
def test_a_name_is_looked_for_where_versions_put_it(party: str, expected: str | None) -> None:
    assert movements(entry("4", detail(more=parties(creditor=party))))[0].counterparty.name == expected


def test_where_only_one_side_is_named_its_account_tells_whether_it_is_ours() -> None:
    theirs = parties(debtor=debtor("ZONNIG", THEIRS))
    assert movements(entry("4", detail(more=theirs)))[0].counterparty == Counterparty("ZONNIG", THEIRS)
    ours = parties(debtor=debtor("DE ZON", OURS), creditor=creditor("DE ZON", OURS))
    assert movements(entry("4", detail(more=ours)))[0].counterparty == Counterparty()
    unknown = parties(debtor=debtor("WHO"))
    assert movements(entry("4", detail(more=unknown)))[0].counterparty == Counterparty()


# --- what for


def remittance(*blocks: str) -> str:
    return f"<RmtInf>{''.join(blocks)}</RmtInf>"


def reference(text: str, more: str = "", name: str = "Ref") -> str:
    kind = "<Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>BBA</Issr></Tp>"
    return f"<Strd><CdtrRefInf>{kind}<{name}>{text}</{name}></CdtrRefInf>{more}</Strd>"


@pytest.mark.parametrize(
    ("blocks", "structured", "words"),
    [
        ([reference("090933755493")], "090933755493", ""),
        ([reference("+++090/9337/55493+++")], "090933755493", ""),
        ([reference("RF18539007547034")], "RF18539007547034", ""),
        ([reference("RF18 5390 0754 7034", name="CdtrRef")], "RF18539007547034", ""),
        ([reference("090933755494")], None, "090933755494"),
        ([reference("RF19539007547034")], None, "RF19539007547034"),
        ([reference("INV 7"), reference("090933755493")], "090933755493", "INV 7"),
        (["<Ustrd>+++090/9337/55493+++ thanks</Ustrd>"], "090933755493", "thanks"),
        (["<Ustrd>one</Ustrd>", "<Ustrd> two </Ustrd>"], None, "one two"),
        (["<Ustrd>words</Ustrd>", reference("090933755493")], "090933755493", "words"),
        (
            [reference("", "<RfrdDocInf><Nb>INV 9</Nb></RfrdDocInf><AddtlRmtInf>more</AddtlRmtInf>")],
            None,
            "INV 9 more",
        ),
    ],
)
def test_a_reference_counts_with_right_check_digits_and_is_text_otherwise(
    blocks: list[str], structured: str | None, words: str
) -> None:
    (movement,) = movements(entry("4", detail(more=remittance(*blocks))))
    assert (movement.structured, movement.communication) == (structured, words)


@pytest.mark.parametrize(
    ("more", "note", "expected"),
    [
        ("<Refs><EndToEndId>E2E</EndToEndId></Refs>", "", (None, "E2E")),
        ("<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>", "", (None, "")),
        ("<Refs><EndToEndId>RF18539007547034</EndToEndId></Refs>", "", ("RF18539007547034", "")),
        ("<Refs><EndToEndId>E2E</EndToEndId></Refs>", "card payment", (None, "card payment")),
        ("<AddtlTxInf>of the detail</AddtlTxInf>", "of the entry", (None, "of the detail")),
    ],
)
def test_where_the_payer_wrote_nothing_the_bank_and_the_own_reference_speak(
    more: str, note: str, expected: tuple[str | None, str]
) -> None:
    said = f"<AddtlNtryInf>{note}</AddtlNtryInf>"
    (movement,) = movements(entry("4", detail(more=more), more=said))
    assert (movement.structured, movement.communication) == expected


# --- refused


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "file.empty"),
        (b"hello", "xml.not_xml"),
        (document(statement(entry("1")))[:-20], "xml.cut_off"),
        (document(statement(entry("1"))).replace(b"</Ntry>", b"</Ntri>"), "xml.broken"),
        (b"<!DOCTYPE a><Document/>", "xml.doctype"),
        (b"<", "xml.cut_off"),
        (document(), "camt.empty"),
        (document("<Stmt/>"), "camt.empty"),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-BE"?><Document/>', "xml.encoding"),
    ],
)
def test_a_file_without_a_statement_is_refused_with_the_reason(data: bytes, rule: str) -> None:
    papers, (problem,) = read_camt(data)
    assert (papers, problem.rule, problem.level) == ((), rule, "error")


def test_an_empty_statement_tells_what_was_wrong_in_it_too() -> None:
    papers, problems = read_camt(document(statement(entry("ten"), head="", message="054"), message="054"))
    assert papers == ()
    assert [problem.rule for problem in problems] == ["camt.empty", "camt.entry"]


def test_what_is_not_an_entry_may_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_PARTS", 600)
    monkeypatch.setattr(xml, "_PIECE", 2000)
    many_entries = document(statement(*([entry("1", detail("1", "X"))] * 400), message="054"))
    assert read_camt(many_entries)[1] == ()
    bomb = document(statement("<a/>" * 1000, entry("1"), message="054"))
    papers, (problem,) = read_camt(bomb)
    assert (papers, problem.rule) == ((), "xml.too_many_parts")


@pytest.mark.parametrize("limit", ["MOST_STATEMENTS", "MOST_DETAILS", "MOST_GAPS"])
def test_a_file_beyond_any_bank_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    two = statement(entry("2", detail("1") + detail("1")), entry("x"), entry("y"), message="054")
    data = document(two, two, message="054")
    assert len(read_camt(data)[0]) == 2
    monkeypatch.setattr(statements, limit, 1)
    papers, (problem,) = read_camt(data)
    assert (papers, problem.rule) == ((), "camt.size")


def test_a_gap_between_statements_of_an_account_is_said() -> None:
    first, second = statement(HOLDING, entry("10")), statement(HOLDING, entry("10"))
    papers, problems = read_camt(document(first, second))
    assert (len(papers), rules(problems)) == (2, [("camt.gap", "warning")])
    assert "leaves 90.00 and statement 12 opens with 100.00" in problems[0].message


@pytest.mark.parametrize(
    "head",
    [b"", b"BkToCstmrStmt", b"<html><BkToCstmrStmt>", b'<Invoice xmlns="urn:x"/>', b"OFXHEADER:100"],
)
def test_other_files_are_not_taken_for_camt(head: bytes) -> None:
    assert not looks_like_camt(head)


SAMPLE = document(
    statement(
        HOLDING,
        summary("0", "10", "2"),
        entry(
            "6",
            detail("4", "ONE", "DBIT", parties(debtor("DE ZON", OURS), creditor("ZONNIG", THEIRS)))
            + detail("2", "+++090/9337/55493+++"),
        ),
        entry("4", detail(more=remittance(reference("RF18539007547034")))),
    )
)


@settings(max_examples=150)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 60), st.binary(max_size=30))
def test_a_spoiled_file_gives_papers_or_problems(at: int, cut: int, put: bytes) -> None:
    papers, problems = read_camt(SAMPLE[:at] + put + SAMPLE[at + cut :])
    assert papers or problems


@given(
    st.lists(
        st.sampled_from([HOLDING, HEAD, entry("10"), detail("1"), "<Ntry>", "</Ntry>", "<Stmt>", "</Stmt>"])
    )
)
def test_parts_in_any_order_give_papers_or_problems(parts: list[str]) -> None:
    papers, problems = read_camt(document(*parts))
    assert papers or problems
