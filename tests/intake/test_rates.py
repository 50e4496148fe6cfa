"""Files of exchange rates of the European Central Bank, in small ones of our own making."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.papers import Problem, Rates, Reading
from pilothouse.intake.rates import looks_like_rates, read_rates
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.shapes import as_json

HIST = b"""Date,USD,JPY,BGN,CYP,CZK,
2026-11-20,1.1,170.5,1.9558,N/A,25.1,
2026-11-19,1.2,171,1.9558,N/A,25,
"""
ONE_DAY = b"Date, USD, JPY, CZK, DKK, GBP, \n20 November 2026, 1.1, 170.5, 25.1, 7.46, 0.87, \n"
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
 <gesmes:subject>Reference rates</gesmes:subject>
 <Cube>
  <Cube time='2026-11-20'><Cube currency='USD' rate='1.1'/><Cube currency='GBP' rate='0.87'/></Cube>
  <Cube time='2026-11-19'><Cube currency='USD' rate='1.2'/></Cube>
 </Cube>
</gesmes:Envelope>
"""
PORTAL = b"""KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,TITLE
EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-20,1.1,"US dollar, euro"
EXR.D.GBP.USD.SP00.A,D,GBP,USD,SP00,A,2026-11-20,0.8,Not against the euro
EXR.M.USD.EUR.NRD0.A,M,USD,EUR,NRD0,A,2026-11,1.15,An index
EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A
"""


def rates_in(reading: Reading) -> Rates:
    (paper,), problems = reading
    assert problems == ()
    assert isinstance(paper, Rates)
    return paper


def rules(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.rule for problem in problems]


@pytest.mark.parametrize("data", [HIST, ONE_DAY, XML, PORTAL], ids=["hist", "one day", "xml", "portal"])
def test_each_form_gives_the_rate_of_its_day(data: bytes) -> None:
    assert looks_like_rates(data[:65536])
    rates = rates_in(read_paper(data, "x"))
    assert rates.days[-1].day == date(2026, 11, 20)
    assert rates.days[-1].rates["USD"] == Decimal("1.1")
    assert rates.days[-1].place.startswith("line ")


def test_the_earliest_day_comes_first_and_what_is_not_there_is_left_out() -> None:
    rates = rates_in(read_rates(HIST))
    assert [day.day.day for day in rates.days] == [19, 20]
    assert "CYP" not in rates.days[0].rates
    assert rates.problems == ()
    assert as_json(rates)["days"][0] == {
        "date": "2026-11-19",
        "rates": {"USD": "1.2", "JPY": "171", "BGN": "1.9558", "CZK": "25"},
        "place": "line 3",
    }


def test_only_daily_rates_against_the_euro_are_taken_from_the_portal() -> None:
    rates = rates_in(read_rates(PORTAL))
    assert [(day.day, dict(day.rates)) for day in rates.days] == [
        (date(2026, 11, 20), {"USD": Decimal("1.1")})
    ]


@pytest.mark.parametrize("bad", [b"many", b"-1.1", b"0", b"1e12", b"Infinity"])
def test_what_cannot_be_a_rate_is_left_out_and_said(bad: bytes) -> None:
    rates = rates_in(read_rates(HIST.replace(b"170.5", bad)))
    assert "JPY" not in rates.days[1].rates
    assert rates.days[1].rates["USD"] == Decimal("1.1")
    assert rules(rates.problems) == ["rates.rate"]
    assert rates.problems[0].place == "line 2"


def test_of_a_day_that_is_none_nothing_is_taken() -> None:
    rates = rates_in(read_rates(HIST.replace(b"2026-11-19", b"2026-13-19")))
    assert [day.day for day in rates.days] == [date(2026, 11, 20)]
    assert rules(rates.problems) == ["rates.rate"] * 4


def test_of_much_that_is_wrong_the_first_is_told() -> None:
    lines = b"".join(b"2026-13-%02d,1,2,3,4,5,\n" % number for number in range(1, 20))
    rates = rates_in(read_rates(HIST + lines))
    assert len(rates.problems) == 21
    assert "75 more" in rates.problems[-1].message


@pytest.mark.parametrize(
    "data", [b"Date,USD,JPY,BGN,CYP,CZK,\n", b"Date,USD,JPY,BGN,CYP,CZK,\nno day,x,x,x,x,x,\n"]
)
def test_a_file_without_a_rate_says_which_to_take(data: bytes) -> None:
    papers, problems = read_paper(data, "x")
    assert papers == ()
    assert problems[0].rule == "rates.none"
    assert "eurofxref-hist" in problems[0].message


def test_other_xml_and_broken_xml_are_refused_in_words() -> None:
    papers, problems = read_rates(XML.replace(b"gesmes:Envelope", b"gesmes:Letter"))
    assert (papers, rules(problems)) == ((), ["rates.form"])
    papers, problems = read_rates(XML[:-30])
    assert papers == ()
    assert problems


@pytest.mark.parametrize("other", [b"", b"Date;Amount\n", b"Date,Name,Amount\n", b"<Invoice/>", b"%PDF-1.7"])
def test_other_files_are_not_taken_for_rates(other: bytes) -> None:
    assert not looks_like_rates(other)


def test_a_cube_of_no_day_and_rates_of_the_euro_itself_say_nothing() -> None:
    rates = rates_in(read_rates(XML.replace(b"time='2026-11-19'", b"").replace(b"'GBP'", b"'EUR'")))
    assert [(day.day, list(day.rates)) for day in rates.days] == [(date(2026, 11, 20), ["USD"])]
    assert rules(rates.problems) == ["rates.rate", "rates.rate"]


@given(st.binary(max_size=300), st.sampled_from([HIST, ONE_DAY, XML, PORTAL]), st.integers(0, 400))
def test_spoiled_files_have_an_answer(noise: bytes, data: bytes, place: int) -> None:
    papers, problems = read_rates(data[:place] + noise + data[place + len(noise) :])
    assert papers or problems
