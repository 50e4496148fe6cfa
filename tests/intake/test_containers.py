"""What is packed is opened: archives and mails, with everything people and attackers put in them."""

from __future__ import annotations

import io
import struct
import zipfile
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake import containers
from pilothouse.intake.containers import Opened, open_container


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return content.getvalue()


def mail(*attached: tuple[str, bytes], subject: str = "Uw factuur") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@leverancier.example", "ons@firma.example", subject
    message.set_content("Geachte, in bijlage uw factuur.")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def opened(data: bytes, name: str = "x", depth: int = 0) -> tuple[dict[str, bytes], list[str]]:
    """The members by name, and the rules of what is wrong."""
    found = open_container(data, name, depth)
    assert isinstance(found, Opened)
    members = dict(found.members)
    return members, [problem.rule for problem in found.problems]


# --- archives ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_every_file_of_an_archive_comes_out_with_the_way_to_it(method: int) -> None:
    data = packed(("2026/a.xml", b"<a/>"), ("b.pdf", b"%PDF"), method=method)
    members, wrong = opened(data, "jaar.zip")
    assert members == {"jaar.zip › 2026/a.xml": b"<a/>", "jaar.zip › b.pdf": b"%PDF"}
    assert wrong == []


def test_what_computers_leave_in_archives_is_left_out() -> None:
    data = packed(
        ("a.xml", b"1"),
        ("__MACOSX/._a.xml", b"2"),
        ("map/.DS_Store", b"3"),
        ("leeg/", b""),
        ("Thumbs.db", b""),
    )
    assert list(opened(data)[0]) == ["x › a.xml"]


def test_a_name_that_leads_elsewhere_stays_here_and_one_that_comes_twice_is_told_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(
            ("../../etc/a.xml", b"1"),
            ("etc/a.xml", b"2"),
            ("etc/a.xml", b"3"),
            ("/..", b"4"),
            ("C:\\b", b"5"),
        )
    assert list(opened(data)[0]) == [
        "x › etc/a.xml",
        "x › etc/a.xml (2)",
        "x › etc/a.xml (3)",
        "x › file",
        "x › C:/b",
    ]


@pytest.mark.parametrize(
    "name",
    ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "[Content_Types].xml", "mimetype"],
)
def test_an_office_document_is_no_archive(name: str) -> None:
    many = [(f"word/media/{n}.png", b"x") for n in range(50)]
    assert open_container(packed(*many, (name, b"x")), "x") is None


def test_papers_in_a_folder_called_word_are_an_archive() -> None:
    assert list(opened(packed(("word/bill.pdf", b"%PDF"), ("xl/mimetype", b"x")))[0]) == [
        "x › word/bill.pdf",
        "x › xl/mimetype",
    ]


def test_an_archive_in_the_form_for_large_ones_is_opened() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive, archive.open("a.xml", "w", force_zip64=True) as member:
        member.write(b"<a/>")
    assert opened(content.getvalue()) == ({"x › a.xml": b"<a/>"}, [])


def test_an_empty_or_damaged_archive_says_so() -> None:
    assert opened(packed()) == ({}, ["zip.empty"])
    assert opened(packed(("a", b"x" * 99))[:-30]) == ({}, ["zip.broken"])
    good = packed(("a", b"some words to pack"), ("b", b"2"))
    spoiled = good.replace(good[31:40], b"\xff" * 9, 1)
    members, wrong = opened(spoiled)
    assert members == {"x › b": b"2"}
    assert wrong == ["zip.damaged"]


def test_a_locked_file_is_named_and_the_others_come_out() -> None:
    data = bytearray(packed(("locked.xml", b"1"), ("open.xml", b"2"), method=zipfile.ZIP_STORED))
    flags = data.index(b"PK\x01\x02") + 8
    data[flags : flags + 2] = struct.pack("<H", 1)
    found = open_container(bytes(data), "x")
    assert found is not None
    assert dict(found.members) == {"x › open.xml": b"2"}
    assert [(problem.rule, problem.place) for problem in found.problems] == [("zip.locked", "locked.xml")]


def test_a_way_of_packing_that_nobody_knows_is_said() -> None:
    data = bytearray(packed(("a", b"1"), method=zipfile.ZIP_STORED))
    central = data.index(b"PK\x01\x02") + 10
    data[central : central + 2] = struct.pack("<H", 97)
    assert opened(bytes(data)) == ({}, ["zip.method"])


def test_a_bomb_is_refused_without_being_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "SMALL", 1_000)
    bomb = packed(("bomb", b"\0" * 3_000_000), ("paper", b"words"))
    members, wrong = opened(bomb)
    assert members == {"x › paper": b"words"}
    assert wrong == ["zip.too_big"]


def test_the_whole_of_an_archive_has_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LARGEST_WHOLE", 25)
    members, wrong = opened(packed(("a", b"1" * 20), ("b", b"2" * 20), ("c", b"3" * 4)))
    assert list(members) == ["x › a", "x › c"]
    assert wrong == ["zip.too_big"]


def test_very_many_files_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_MEMBERS", 3)
    members, wrong = opened(packed(*((f"{n}.xml", b"x") for n in range(5))))
    assert len(members) == 3
    assert wrong == ["zip.too_many"]


def test_of_very_many_problems_the_first_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "SMALL", 10)
    monkeypatch.setattr(containers, "MOST_SWELLING", 0)
    _, wrong = opened(packed(*((f"{n}.xml", b"x" * 50) for n in range(containers.MOST_SAID + 5))))
    assert len(wrong) == containers.MOST_SAID


def test_archives_in_archives_are_opened_so_deep_and_no_deeper() -> None:
    inner = packed(("a.xml", b"1"))
    assert opened(inner, depth=containers.DEEPEST - 1)[0]
    assert opened(inner, depth=containers.DEEPEST) == ({}, ["container.too_deep"])
    assert opened(bytes(mail(("a", b"1"))), depth=containers.DEEPEST) == ({}, ["container.too_deep"])


# --- mails ------------------------------------------------------------------------------------------------------


def test_what_is_attached_to_a_mail_comes_out_and_its_words_do_not() -> None:
    members, wrong = opened(
        bytes(mail(("factuur.pdf", b"%PDF-1.7"), ("factuur.xml", b"<Invoice/>"))), "post.eml"
    )
    assert members == {"post.eml › factuur.pdf": b"%PDF-1.7", "post.eml › factuur.xml": b"<Invoice/>"}
    assert wrong == []


def test_a_forwarded_mail_comes_out_as_a_mail() -> None:
    outer = mail()
    outer.add_attachment(mail(("a.pdf", b"%PDF")))
    members, _ = opened(bytes(outer), "post.eml")
    (name,) = members
    assert name == "post.eml › forwarded.eml"
    assert opened(members[name], name, 1)[0] == {"post.eml › forwarded.eml › a.pdf": b"%PDF"}


def test_logos_signatures_and_calendars_are_left_out_and_pictures_that_are_attached_are_not() -> None:
    message = mail(("scan.png", b"p" * 50))
    message.add_attachment(b"logo", maintype="image", subtype="png", disposition="inline", cid="<l@x>")
    message.add_attachment(b"s", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    message.add_attachment(
        b"photo" * 9_999, maintype="image", subtype="jpeg", disposition="inline", cid="<p@x>"
    )
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="empty.pdf")
    found = open_container(bytes(message), "x")
    assert found is not None
    assert [name for name, _ in found.members] == ["x › scan.png", "x › attachment.jpeg"]
    assert (found.logos, found.problems) == (1, [])


def test_an_invoice_without_a_disposition_is_an_attachment_all_the_same() -> None:
    whole = MIMEMultipart()
    whole["From"], whole["Subject"] = "a@b.example", "x"
    part = MIMEText("<Invoice/>", "xml")
    part.set_param("name", "e-factuur.xml")
    whole.attach(part)
    body = MIMEText("a,b\n1,2", "plain")
    body.add_header("Content-Disposition", "attachment", filename="lijst.csv")
    whole.attach(body)
    assert list(opened(bytes(whole))[0]) == ["x › e-factuur.xml", "x › lijst.csv"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("ms-tnef", "winmail.dat"), ("octet-stream", "WINMAIL.DAT"), ("pkcs7-mime", "smime.p7m")],
)
def test_what_is_sealed_is_named(kind: str, name: str) -> None:
    message = mail()
    message.add_attachment(b"x", maintype="application", subtype=kind, filename=name)
    assert opened(bytes(message)) == ({}, ["mail.sealed"])


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_many_mails_in_one_file_come_out_one_by_one(line_end: bytes) -> None:
    start = b"From - Mon May 04 09:30:00 2026\n"
    first, second = bytes(mail(("a.pdf", b"%PDF"))), bytes(mail(("b.pdf", b"%PDF"), subject="zwei"))
    quoted = first.replace(b"Geachte,", b">From here on, Geachte,")
    data = (start + quoted + b"\n" + start + second).replace(b"\n", line_end)
    members, wrong = opened(data, "post.mbox")
    assert (list(members), wrong) == (["post.mbox › mail 1.eml", "post.mbox › mail 2.eml"], [])
    assert b">From" not in members["post.mbox › mail 1.eml"]
    assert list(opened(members["post.mbox › mail 2.eml"], "2.eml", 1)[0]) == ["2.eml › b.pdf"]


def test_very_many_mails_in_one_file_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_MEMBERS", 2)
    data = b"\n".join(b"From - Mon May 04\n" + bytes(mail()) for _ in range(4))
    members, wrong = opened(data)
    assert (len(members), wrong) == (2, ["mail.too_many"])


def test_a_mail_without_attachments_says_so() -> None:
    assert opened(bytes(mail())) == ({}, ["mail.nothing_attached"])


def test_a_mail_that_is_cut_off_gives_what_came_before() -> None:
    data = bytes(mail(("a.txt", b"x" * 3000), ("b.pdf", b"y" * 3000)))
    members, _ = opened(data[: len(data) // 2 + 800])
    assert members["x › a.txt"] == b"x" * 3000


def test_a_mail_that_the_library_chokes_on_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def chokes(_message: EmailMessage) -> None:
        raise LookupError("unknown encoding")

    monkeypatch.setattr(containers, "_parts", chokes)
    assert opened(bytes(mail(("a", b"1")))) == ({}, ["mail.broken"])


def test_a_mail_whose_inner_mail_is_nothing_is_no_harm() -> None:
    head = b"From: a@b.example\nContent-Type: message/rfc822\n\n"
    members, _ = opened(head)
    assert all(isinstance(content, bytes) for content in members.values())
    assert opened(b"From: a\nContent-Type: multipart/mixed; boundary=q\n\nno parts at all") == (
        {},
        ["mail.nothing_attached"],
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Geachte heer",
        b"From me to you\nNo: header",
        b"<a/>",
        b"From here on we pay",
        b"Datum: 3\nBedrag: 4\n",
        b"%PDF-1.7",
    ],
)
def test_what_is_no_container_is_none(data: bytes) -> None:
    assert open_container(data, "x") is None


@given(st.binary(max_size=400), st.integers(0, 300))
def test_spoiled_containers_never_crash(noise: bytes, at: int) -> None:
    for whole in (packed(("a.xml", b"words" * 20), ("b", b"2")), bytes(mail(("a.pdf", b"%PDF" * 30)))):
        found = open_container(whole[:at] + noise + whole[at + len(noise) // 2 :], "x")
        for _name, content in found.members if found else ():
            assert isinstance(content, bytes)
