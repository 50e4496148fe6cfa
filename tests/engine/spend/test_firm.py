"""Who we are, from whatever papers there are; and when they do not tell, it is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from pilothouse.engine.spend.firm import WhoWeAre, find_firm
from pilothouse.engine.spend.terms import Firm, Identity, InvoicePaper
from tests.engine.spend.spend_papers import ACCOUNT, CLOUD, CUSTOMER, LUNCH, US, an_invoice

NOBODY = Identity()


def bought(*sellers: Identity) -> list[InvoicePaper]:
    return [an_invoice(f"b{n}", seller=seller) for n, seller in enumerate(sellers)]


def sold(*buyers: Identity, seller: Identity = US) -> list[InvoicePaper]:
    return [an_invoice(f"s{n}", seller=seller, buyer=buyer) for n, buyer in enumerate(buyers)]


def name_of(found: WhoWeAre) -> str:
    return found.firm.identity.name if found.firm else ""


def test_the_buyer_on_all_invoices_of_one_vendor() -> None:
    found = find_firm(bought(CLOUD, CLOUD, CLOUD))
    assert name_of(found) == US.name
    assert found.because == "It stands on 3 of 3 invoices, as buyer on most of them."


def test_the_seller_when_there_are_only_sales_to_many() -> None:
    found = find_firm(sold(CLOUD, LUNCH, CUSTOMER))
    assert name_of(found) == US.name
    assert "as seller" in found.because


def test_a_good_customer_is_not_taken_for_us() -> None:
    assert name_of(find_firm(bought(CLOUD, LUNCH) + sold(CUSTOMER, CUSTOMER, CUSTOMER, CUSTOMER))) == US.name


def test_the_order_of_papers_does_not_matter() -> None:
    papers = bought(CLOUD, LUNCH) + sold(CUSTOMER)
    assert len({find_firm(order) for order in permutations(papers)}) == 1


def test_a_buyer_named_with_and_without_number_is_one() -> None:
    papers = [an_invoice("a"), an_invoice("b", buyer=Identity("ONS ATELIER")), an_invoice("c", seller=LUNCH)]
    found = find_firm(papers)
    assert found.because.startswith("It stands on 3 of 3")
    assert found.firm is not None
    assert found.firm.identity.vat_id == US.vat_id


def test_two_firms_in_equal_parts_are_undecided() -> None:
    other = an_invoice("x", seller=LUNCH, buyer=CUSTOMER)
    found = find_firm([an_invoice("a"), other])
    assert found == WhoWeAre(None, "Nobody stands on most of the 2 invoices. Name the company.")


def test_a_party_on_few_of_many_invoices_is_not_the_firm() -> None:
    strangers = [
        an_invoice(f"x{n}", seller=Identity(f"Zaak{chr(97 + n)}"), buyer=Identity(f"Klant{chr(97 + n)}"))
        for n in range(9)
    ]
    twice = [an_invoice("a"), an_invoice("b")]
    assert find_firm(strangers + twice).firm is None


def test_buyers_without_a_name_decide_nothing() -> None:
    papers = [an_invoice("a", buyer=NOBODY), an_invoice("b", seller=LUNCH, buyer=NOBODY)]
    found = find_firm(papers)
    assert found == WhoWeAre(None, "The invoices do not name their buyer. Name the company.")


def test_no_invoice_at_all() -> None:
    assert find_firm([]) == WhoWeAre(None, "There is no invoice to see it from.")


def test_the_seller_whose_account_has_the_statements_is_us() -> None:
    ours = replace(US, ibans=(ACCOUNT,))
    found = find_firm(sold(CUSTOMER, CUSTOMER, seller=ours), accounts={ACCOUNT})
    assert name_of(found) == US.name
    assert found.because == "Its account is the one of the bank statements."


def test_accounts_of_two_sellers_prove_nothing() -> None:
    papers = sold(CUSTOMER, seller=replace(US, ibans=("BE1",))) + bought(replace(CLOUD, ibans=("BE2",)))
    assert name_of(find_firm(papers, accounts={"BE1", "BE2"})) == US.name


def test_the_accounts_of_the_statements_are_ours() -> None:
    found = find_firm(bought(CLOUD, CLOUD), accounts={ACCOUNT, ""})
    assert found.firm is not None
    assert found.firm.identity.ibans == (ACCOUNT,)


def test_the_named_company_by_number_whole_name_or_start_of_it() -> None:
    papers = [*bought(CLOUD, LUNCH), an_invoice("x", buyer=CUSTOMER)]
    for named in ("BE0473416418", "0473.416.418", "Klant en Zonen", "klant & zonen bvba"):
        found = find_firm(papers, named=named)
        assert name_of(found) in (CUSTOMER.name, US.name), named
    assert name_of(find_firm(papers, named="0473416418")) == CUSTOMER.name
    assert name_of(find_firm(papers, named=" Klant & Zonen ")) == CUSTOMER.name
    assert name_of(find_firm(papers, named="klant")) == CUSTOMER.name


def test_of_two_of_one_name_the_one_on_more_invoices_is_meant() -> None:
    namesake = Identity("Klant & Zonen NV", "BE0202239951")
    papers = [
        an_invoice("a", buyer=CUSTOMER),
        an_invoice("b", buyer=namesake),
        an_invoice("c", buyer=namesake),
    ]
    found = find_firm(papers, named="Klant & Zonen")
    assert found.firm is not None
    assert found.firm.identity.vat_id == "BE0202239951"


def test_the_start_of_two_names_names_nobody() -> None:
    papers = [an_invoice("a", buyer=Identity("Klant Noord")), an_invoice("b", buyer=Identity("Klant Zuid"))]
    found = find_firm(papers, named="Klant")
    assert found.because.startswith("“Klant” stands on no invoice.")


def test_a_named_number_on_no_invoice_is_still_the_company() -> None:
    found = find_firm(bought(CLOUD), named="BE0123456749")
    assert found.firm is not None
    assert found.firm.identity == Identity(vat_id="BE0123456749")
    assert found.because.endswith("it stands on no invoice.")


def test_a_name_on_no_invoice_leaves_it_to_the_papers_and_says_so() -> None:
    found = find_firm(bought(CLOUD, LUNCH), named="Sample 2026")
    assert name_of(found) == US.name
    assert found.because == (
        "“Sample 2026” stands on no invoice. It stands on 2 of 2 invoices, as buyer on most of them."
    )


def test_what_is_known_already_stays_with_its_new_accounts() -> None:
    known = Firm(US, recovers_vat=False)
    found = find_firm([], named="Other", known=known, accounts={ACCOUNT})
    assert found.firm == Firm(replace(US, ibans=(ACCOUNT,)), False, "It is known already.")
    said = replace(known, because="You said so.")
    assert find_firm([], known=said).because == "You said so."
