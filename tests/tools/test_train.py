"""A model learned from made-up lines says of names it never saw what they look like; its card belongs to it."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from pilothouse.engine.spend.learned import LinearModel, Weights
from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.terms import Certainty, KnownVendor, SpendKnowledge
from pilothouse.knowledge import KnowledgeError, categories, spend_knowledge
from pilothouse.knowledge.entries import folder
from pilothouse.knowledge.learned import read_model
from tests.engine.spend.spend_papers import KNOWLEDGE
from tools import train, train_booked
from tools.spend_labels import LabelledLine, dealings_of, fold_of, halves, read_labels, suppliers_of

IT_ENDS, OTHER_ENDS = ("soft", "data", "net", "byte"), ("brood", "bouw", "zorg", "tuin")
STARTS = ("zon", "maan", "ster", "wolk", "regen", "wind", "berg", "dal", "zee", "meer", "bos", "veld")


def made_up() -> Iterator[tuple[str, bool]]:
    for start in STARTS:
        yield from ((f"{start}{end} hosting" if end == "net" else f"{start}{end}", True) for end in IT_ENDS)
        yield from (
            (f"{start}{end} lunch" if end == "zorg" else f"{start}{end}", False) for end in OTHER_ENDS
        )
    yield from (("Proximus", True), ("Colruyt", False), ("Proximus Pickx", True), ("Colruyt Halle", False))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of labels; the clerk of every tenth line slipped."""
    path = tmp_path_factory.mktemp("labels") / "labels.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(("org", "date", "supplier", "account_label", "amount", "is_it", "category"))
        count = 0
        for name, is_it in made_up():
            for place in range(4):
                count += 1
                said = is_it != (count % 10 == 0)
                kind = ("hardware" if "byte" in name else "software_licences") if said else ""
                amount = f"({place}1,234.50)" if place == 3 else f"£{place}12.00"
                out.writerow(
                    (f"body {place % 2}", "2021-01-05", f"{name.title()} Ltd", "x", amount, int(said), kind)
                )
    return path


@pytest.fixture(scope="module")
def trained(data: Path) -> train.Trained:
    return train.train(read_labels(data), KNOWLEDGE)


def test_labels_are_read_with_their_amounts(data: Path) -> None:
    lines = read_labels(data)
    assert [line.amount for line in lines[:4]] == [
        Decimal(text) for text in ("12.00", "112.00", "212.00", "-31234.50")
    ]
    assert {line.category for line in lines} == {"", "hardware", "software_licences"}
    assert lines[0].number == 1


def test_an_amount_that_is_none_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("org,date,supplier,account_label,amount,is_it,category\nb,d,s,a,n/a,1,\n")
    (line,) = read_labels(tmp_path / "a.csv")
    assert line == LabelledLine(1, "b", "d", "s", Decimal(0), is_it=True, category="", account="a")


def test_two_spellings_of_a_supplier_are_one_and_stand_in_one_half() -> None:
    def line(name: str) -> LabelledLine:
        return LabelledLine(1, "b", "", name, Decimal(1), is_it=True, category="hardware", account="")

    lines = [line("ZONNESOFT LTD"), line("Zonnesoft Limited"), line("Zonnesoft Limited")]
    (supplier,) = suppliers_of(lines)
    assert (supplier.key, supplier.name, supplier.lines, supplier.share) == (
        "zonnesoft",
        "Zonnesoft Limited",
        3,
        1,
    )
    assert sorted(map(len, halves(lines))) == [0, 3]
    assert {fold_of(f"name {n}", 3) for n in range(50)} == {0, 1, 2}


def test_names_never_seen_are_told_by_their_letters(trained: train.Trained) -> None:
    model = LinearModel(trained.weights)
    for start in ("plas", "kust"):
        for it, other in zip(IT_ENDS, OTHER_ENDS, strict=True):
            assert model.guess(f"{start}{it}", "").log_odds > model.guess(f"{start}{other}", "").log_odds
    assert model.guess("kustbyte", "").category == "hardware"
    assert model.guess("kustsoft", "").category == "software_licences"


def test_a_category_nobody_labelled_is_never_said(trained: train.Trained) -> None:
    assert trained.weights.categories == tuple(categories())
    place = trained.weights.categories.index("telecom_mobile")
    assert trained.weights.kinds_bias[place] == -20 or trained.weights.kinds[:, place].any()


def test_payments_that_say_only_whom_and_how_much_are_booked_as_clerks_do(data: Path) -> None:
    """Of made-up clerks who book a supplier's hundreds as hardware and its tens of thousands as general."""
    lines = [
        replace(line, category="hardware" if line.amount > 0 else "it_general") if line.is_it else line
        for line in read_labels(data)
    ]
    keys = tuple(categories())
    tables = train_booked.fit_booked(lines, KNOWLEDGE, keys)
    assert tables.shape == (len(keys) + 1, train_booked.MARKS, len(keys))
    learned = LinearModel(replace(_nothing(keys), booked=tables.astype(np.float32)))
    paid = dealings_of(lines)[clean_name("Zonsoft")]
    assert learned.booked_as("Zonsoft", "", Decimal("112.00"), paid) == "hardware"
    assert learned.booked_as("Zonsoft", "", Decimal("-31234.50"), paid) == "it_general"
    assert (tables[:, 0, keys.index("telecom_mobile")] == train_booked.NEVER).all(), "nobody labelled it"


def test_one_category_alone_teaches_nothing_of_payments(data: Path) -> None:
    lines = [replace(line, category="hardware") for line in read_labels(data)]
    tables = train_booked.fit_booked(lines, KNOWLEDGE, ("hardware", "it_general"))
    assert (tables[:, 0] == train_booked.NEVER).all()
    assert not tables[:, 1:].any()


def test_three_categories_are_learned_as_two_are(data: Path) -> None:
    kinds = ("it_general", "telecom_mobile", "hardware")
    lines = [
        replace(line, category=kinds[0 if line.amount < 0 else 1 if line.amount < 100 else 2])
        for line in read_labels(data)
        if line.is_it
    ]
    tables = train_booked.fit_booked(lines, KNOWLEDGE, kinds)
    learned = LinearModel(replace(_nothing(kinds), booked=tables.astype(np.float32)))
    paid = dealings_of(lines)[clean_name("Zonsoft")]
    assert learned.booked_as("Zonsoft", "", Decimal("12.00"), paid) == "telecom_mobile"
    assert learned.booked_as("Zonsoft", "", Decimal("212.00"), paid) == "hardware"


def _nothing(keys: tuple[str, ...]) -> Weights:
    """A model that learned nothing yet."""
    none = np.zeros((1, len(keys)), np.float32)
    return Weights(np.zeros(1, np.float32), 0.0, none, none[0], keys, none)


def test_how_sure_evidence_makes_us_is_measured(trained: train.Trained) -> None:
    certainty = trained.certainty
    assert 0.8 < certainty.known_by_name < 0.97
    assert certainty.learned_slope > 0
    assert 0.3 <= certainty.say_from <= 0.5
    assert certainty.learned_at_most < certainty.ask_below == train.ASK_BELOW
    assert certainty.known_proposing == Certainty().known_proposing, "no such vendor was seen"
    taught = trained.taught(KNOWLEDGE)
    assert (taught.learned is not None, taught.certainty) == (True, certainty)


def test_a_vendor_that_only_proposes_does_not_move_how_sure_a_known_name_makes_us() -> None:
    named = replace(KNOWLEDGE, vendors=(KnownVendor("firm 2", (), "BE", is_it=True), *KNOWLEDGE.vendors))
    only = replace(named.vendors[0], name="firm 0", only_proposes=True)
    suppliers = suppliers_of(_wrong())
    both = train.gather(suppliers, replace(named, vendors=(only, *named.vendors)), np.zeros(len(suppliers)))
    assert [each.kind for each in both] == [train.PROPOSED, "nothing", "name"]
    by_name = [each for each in both if each.kind == "name"]
    assert train._right(by_name, 0.5) == pytest.approx(11 / 21, abs=1e-4), (
        "firm 2 is right, firm 0 is not heard"
    )
    assert train._share_by(both[0], Certainty()) == Certainty().known_proposing


def _wrong() -> list[LabelledLine]:
    return [
        LabelledLine(n, "b", "", f"firm {n}", Decimal(1), is_it=n == 2, category="", account="")
        for n in range(3)
    ]


def test_the_card_and_the_weights_are_written_and_read_again(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train, "spend_knowledge", lambda: KNOWLEDGE)
    assert train.main([str(data), "--out", str(tmp_path / "models"), "--on", "2026-11-23"]) == 0
    assert "learned from 400 lines of 100 suppliers" in capsys.readouterr().out
    model, certainty = read_model(tmp_path / "models")
    kept = train.train(read_labels(data), KNOWLEDGE)
    assert certainty == kept.certainty
    for name in ("Kustsoft", "Kustbrood"):
        assert model.guess(name, "").log_odds == pytest.approx(
            LinearModel(kept.weights).guess(name, "").log_odds, abs=1e-4
        )
    card = (tmp_path / "models" / "spend.yaml").read_text()
    for words in ("2026-11-23", "lines: 400", "suppliers: 100", "licence: Open Government Licence"):
        assert words in card
    assert "zonsoft" not in card.lower()
    npz = tmp_path / "models" / "spend.npz"
    npz.write_bytes(npz.read_bytes() + b" ")
    with pytest.raises(KnowledgeError, match="not those the card was written for"):
        read_model(tmp_path / "models")


def test_without_data_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main([str(tmp_path / "none.csv"), "--on", "2026-11-23"]) == 2
    assert "make train DATA=file" in capsys.readouterr().err


def test_weights_of_nothing_stay_nothing() -> None:
    assert not train.in_8_bits(np.zeros(4)).any()


def test_the_shipped_model_speaks_four_languages() -> None:
    model, _ = read_model(folder("models"))
    pairs = [
        ("Plasma Informatique SARL", "Boulangerie Dubois"),
        ("Peeters Computers BV", "Peeters Bouwwerken BV"),
        ("Schneider Systemhaus GmbH", "Schneider Dachdeckerei GmbH"),
        ("Northern Software Ltd", "Northern Plumbing Ltd"),
    ]
    for it, other in pairs:
        assert model.guess(it, "").log_odds > model.guess(other, "").log_odds + 0.3


def test_the_knowledge_comes_with_the_model() -> None:
    knowledge: SpendKnowledge = spend_knowledge()
    assert knowledge.learned is not None
    assert knowledge.certainty == read_model(folder("models"))[1]
    assert replace(knowledge, learned=None) != knowledge
    assert date(2026, 1, 1) < date.fromisoformat(_card()["trained_on"])


def _card() -> dict[str, str]:
    text = (folder("models") / "spend.yaml").read_text("utf-8")
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
