"""Lists of users, licences, devices and second factors as other programs export them."""

from __future__ import annotations

import json
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.listings import FIELDS, fields_of, read_listing
from pilothouse.intake.listings import entries as entries_module
from pilothouse.intake.listings import graph as graph_module
from pilothouse.intake.listings.graph import looks_like_json_listing, read_json_listing
from pilothouse.intake.papers import Listing
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.shapes import as_json
from pilothouse.intake.tables.sheets import read_sheets
from tests.intake import listing_samples as samples

SCHEMA = Path(__file__).parents[2] / "pilothouse" / "cli" / "ask" / "schemas" / "read.json"


def one(text: str, mapping: dict[str, str] | None = None) -> Listing:
    reading = read_listing(read_sheets(text.encode())[0], mapping)
    assert reading is not None
    (listing,) = reading[0]
    assert isinstance(listing, Listing)
    return listing


def is_list(text: str) -> bool:
    return read_listing(read_sheets(text.encode())[0]) is not None


def from_json(text: str) -> Listing:
    (listing,), problems = read_json_listing(text.encode())
    assert isinstance(listing, Listing)
    assert problems == ()
    return listing


@pytest.mark.parametrize("name", samples.TABLES)
def test_each_export_is_known_by_its_headings(name: str) -> None:
    text, kind = samples.TABLES[name]
    listing = one(text)
    assert listing.of == kind
    assert listing.entries
    assert len(listing.columns) >= len({column.meaning for column in listing.columns})
    assert all(column.reason for column in listing.columns)


@pytest.mark.parametrize("name", samples.JSONS)
def test_each_answer_of_an_api_is_known(name: str) -> None:
    text, kind = samples.JSONS[name]
    assert looks_like_json_listing(text.encode())
    assert looks_like_json_listing(text.encode("utf-16"))
    assert from_json(text).of == kind


def test_microsoft_365_activity_gives_the_last_day_of_all_its_programs() -> None:
    listing = one(samples.M365_ACTIVITY)
    assert (listing.source, listing.taken_on) == ("microsoft_365", date(2026, 11, 1))
    an, bob = listing.entries
    assert an["account"] == "an@example.com"
    assert an["last_active"] == "2026-10-31"
    assert an["Exchange Last Activity Date"] == "2026-10-30"
    assert an["licences"] == "MICROSOFT 365 BUSINESS PREMIUM; VISIO PLAN 2"
    assert an["Has Teams License"] == "True"
    assert "Report Refresh Date" not in an
    assert (bob["deleted"], bob["deleted_on"], "last_active" in bob) == ("yes", "2026-08-01", False)


def test_entra_users_say_who_may_sign_in_and_who_is_a_guest() -> None:
    an, guest = one(samples.ENTRA_USERS).entries
    assert (an["enabled"], an["user_type"], an["id"], an["job_title"]) == (
        "yes",
        "Member",
        "0001",
        "Bookkeeper",
    )
    assert (guest["enabled"], guest["user_type"]) == ("no", "Guest")


def test_blocked_is_the_reverse_of_enabled_and_unlicensed_is_no_licence() -> None:
    an, old = one(samples.M365_USERS).entries
    assert (an["enabled"], old["enabled"]) == ("yes", "no")
    assert an["licences"] == "Microsoft 365 Business Premium; Power BI Pro"
    assert "licences" not in old
    assert an["Password never expires"] == "True"  # about passwords, and none


def test_second_factors_are_a_list_of_their_own() -> None:
    an, bob = one(samples.MFA).entries
    assert (an["mfa_registered"], an["methods"], an["is_admin"]) == (
        "yes",
        "microsoftAuthenticatorPush; mobilePhone",
        "yes",
    )
    assert bob["mfa_registered"] == "no"


def test_google_users_come_without_passwords_and_that_is_said() -> None:
    listing = one(samples.GOOGLE_USERS)
    assert listing.source == "google_workspace"
    assert [problem.rule for problem in listing.problems] == ["listing.password"]
    assert "****" not in str(listing.entries)
    an, bob = listing.entries
    assert (an["name"], an["account"], an["enabled"], an["mfa"]) == (
        "An Peeters",
        "an@example.com",
        "yes",
        "yes",
    )
    assert (bob["enabled"], bob["last_active"], bob["mfa"]) == ("no", "never", "no")


def test_an_empty_column_for_passwords_is_not_worth_a_word() -> None:
    assert one(samples.GOOGLE_USERS.replace("****", "")).problems == ()


def test_licences_have_seats_bought_and_used() -> None:
    premium, visio = one(samples.M365_LICENCES).entries
    assert (premium["product"], premium["total"], premium["used"]) == (
        "Microsoft 365 Business Premium",
        "25",
        "21",
    )
    assert visio["expired"] == "1"


def test_totals_are_no_licence_and_prices_are_plain_decimals() -> None:
    (licence,) = one(samples.LICENCES_FR).entries
    assert (licence["price"], licence["currency"], licence["renews_on"]) == ("54.9", "EUR", "2026-12-31")


def test_sku_ids_stay_as_they_are() -> None:
    (sku,) = from_json(samples.SUBSCRIBED_SKUS).entries
    assert (sku["sku"], sku["sku_id"]) == ("SPB", "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46")
    assert (sku["total"], sku["used"], sku["suspended"]) == ("25", "21", "1")
    assert "servicePlans" not in sku


def test_what_is_nested_becomes_fields() -> None:
    (an,) = from_json(samples.GRAPH_USERS).entries
    assert (an["enabled"], an["last_active"], an["licences"]) == ("yes", "2026-10-30", "cbdc14ab; f30db892")
    (google,) = from_json(samples.GOOGLE_API).entries
    assert (google["name"], google["enabled"], google["mfa"]) == ("An Peeters", "yes", "yes")


def test_devices_have_their_dates() -> None:
    laptop, phone = one(samples.INTUNE_DEVICES).entries
    assert (laptop["os"], laptop["last_seen"], laptop["compliant"]) == ("Windows", "2026-10-30", "yes")
    assert (phone["compliant"], phone["encrypted"], phone["user"]) == ("no", "no", "bob@example.com")
    old = one(samples.INVENTORY_NL).entries[1]
    assert (old["bought_on"], old["warranty_until"], old["price"]) == ("2019-06-17", "2022-06-17", "999.5")


def test_several_activity_days_count_the_latest_and_never_is_before_all() -> None:
    text = (
        "Email,Last login,Last active,Role\n"
        "a@x.be,2026-01-05,2026-02-05,Member\nb@x.be,Never,2026-02-05,Member\nc@x.be,2026-03-05,never,Member\n"
        "d@x.be,0001-01-01T00:00:00Z,soon,Member\n"
    )
    assert [entry["last_active"] for entry in one(text).entries] == [
        "2026-02-05",
        "2026-02-05",
        "2026-03-05",
        "soon",
    ]


def test_values_that_are_no_yes_or_number_stay_as_written() -> None:
    text = "Product,Total licenses,Assigned licenses,Auto renew\nA,Unlimited,3,perhaps\n"
    (entry,) = one(text).entries
    assert (entry["total"], entry["used"], entry["auto_renew"]) == ("Unlimited", "3", "perhaps")


def test_the_same_heading_twice_and_short_rows_lose_nothing() -> None:
    text = "Email,Role,Created,Note,Note,\na@x.be,Owner,2026-01-05,one,two,three\nb@x.be,Member\n"
    first, second = one(text).entries
    assert (first["Note"], first["Note (2)"]) == ("one", "two")
    assert second == {"account": "b@x.be", "mail": "b@x.be", "role": "Member"}


def test_a_list_of_names_in_two_parts_has_whole_names() -> None:
    text = "Email,Last name,Created\na@x.be,Peeters,2026-01-05\nb@x.be,,2026-01-05\n"
    first, second = one(text).entries
    assert first["name"] == "Peeters"
    assert "name" not in second


def test_a_person_says_what_the_columns_mean() -> None:
    text = "Wer;Womit;Geheim;Passwort\nan@x.be;Zeichnen;x;p\n"
    assert not is_list(text)
    listing = one(text, {"Wer": "account", "WOMIT": "licences", "Geheim": "", "Passwort": "name"})
    assert listing.of == "users"
    assert listing.entries == ({"account": "an@x.be", "licences": "Zeichnen", "Geheim": "x"},)
    assert [column.by for column in listing.columns] == ["person", "person", "person", "guess"]
    assert [problem.rule for problem in listing.problems] == ["listing.password"]


def test_a_mapping_of_other_headings_fits_nothing_and_the_kind_may_be_said() -> None:
    sheets = read_sheets(b"Was;Wo\nPC 1;Gent\n")[0]
    assert read_listing(sheets, {"Wer": "account"}) is None
    reading = read_listing(sheets, {"Was": "name", "Wo": "location"}, kind="devices")
    assert reading is not None
    assert isinstance(reading[0][0], Listing)
    assert reading[0][0].of == "devices"


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone\nAn,1\n",
        "Email,Name\na@x.be,An\n",
        "Date;Supplier;Amount;User name;Role\n01/02/2026;X;5,00;an;a\n",
        "Product,Quantity,Unit price\nCloud,3,5.00\n",
        "Device name,Colour\nPC,red\n",
        "One\n1\n",
    ],
)
def test_other_tables_are_no_lists(text: str) -> None:
    assert not is_list(text)


def test_headings_alone_are_a_list_with_nothing_in_it() -> None:
    listing = one(samples.M365_ACTIVITY.split("\n")[0] + "\n")
    assert [problem.rule for problem in listing.problems] == ["listing.empty"]
    assert listing.taken_on is None


def test_a_report_day_may_be_missing_in_the_first_row() -> None:
    text = "User principal name,Created,Report refresh date\na@x.be,2026-01-05\n"
    assert one(text).taken_on is None


def test_a_list_without_end_is_cut_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries_module, "MOST_CELLS", 5)
    listing = one(samples.M365_LICENCES)
    assert len(listing.entries) == 1
    assert [(problem.rule, problem.place) for problem in listing.problems] == [("listing.too_long", "line 3")]


def test_json_that_is_too_big_broken_or_no_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = samples.SUBSCRIBED_SKUS[:-20].encode()
    assert [p.rule for p in read_json_listing(broken)[1]] == ["listing.json"]
    for nothing in (b'{"deviceName": "PC"}', b'"userPrincipalName"', b"[1, 2]", b"[" * 100_000):
        papers, problems = read_json_listing(nothing)
        assert papers == ()
        assert problems[0].rule in {"listing.unknown", "listing.json"}
    monkeypatch.setattr(graph_module, "LARGEST", 10)
    assert [p.rule for p in read_json_listing(samples.GRAPH_MFA.encode())[1]] == ["listing.too_big"]


def test_odd_values_in_json_are_kept_as_words() -> None:
    deep: dict[str, object] = {"a": 1}
    for _ in range(6):
        deep = {"b": deep}
    record = {"userPrincipalName": "a@x.be", "accountEnabled": None, "tags": [1, {}, {"x": 2}], "deep": deep}
    (entry,) = from_json(json.dumps([record])).entries
    assert entry["account"] == "a@x.be"
    assert entry["tags"] == "1"
    assert entry["deep.b.b.b.b"] == '{"b": {"b": {"a": 1}}}'


def test_a_list_in_json_is_recognised_by_what_is_in_it() -> None:
    (listing,), problems = read_paper(samples.SUBSCRIBED_SKUS.encode(), "licences.txt")
    assert isinstance(listing, Listing)
    assert problems == ()
    shape = as_json(listing)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))["output"]["$defs"]["listing"]
    assert set(schema["required"]) == {"file", *shape}


def test_other_json_is_not_taken() -> None:
    assert not looks_like_json_listing(b'{"name": "package", "version": "1.0"}')
    assert not looks_like_json_listing(b'userPrincipalName,"accountEnabled":')


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_has_plain_words(kind: str) -> None:
    words = fields_of(kind)  # type: ignore[arg-type]  # a parametrised name is one of the kinds
    assert all(words.values())


CELLS = st.text(alphabet=string.printable + "éà€", max_size=12)


@given(st.sampled_from([text for text, _ in samples.TABLES.values()]), st.data())
def test_a_spoiled_list_never_raises(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    spoiled = text[:at] + data.draw(CELLS) + text[data.draw(st.integers(at, len(text))) :]
    reading = read_listing(read_sheets(spoiled.encode())[0])
    assert reading is None or all(isinstance(paper, Listing) for paper in reading[0])


@given(st.sampled_from([text for text, _ in samples.JSONS.values()]), st.data())
def test_spoiled_json_never_raises(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    spoiled = text[:at] + data.draw(CELLS) + text[data.draw(st.integers(at, len(text))) :]
    papers, problems = read_json_listing(spoiled.encode())
    assert papers or problems


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["value", "userPrincipalName", "accountEnabled", "mail", ""]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    papers, problems = read_json_listing(json.dumps(value).encode())
    assert papers or problems
