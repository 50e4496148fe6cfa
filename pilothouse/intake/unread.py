"""A file that no reader takes: what does it seem to be, and what should its owner do?

How: known first bytes, then the root element of XML, then the look of text. Each answer is one `Problem`
whose rule names the kind ("file.zip"). Limits: a guess from the first bytes, enough to say what to do, no
proof of a sound file.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath

from pilothouse.intake.papers import Problem

_HEAD = 16_384


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: `code` ends the rule's name, `is_a` follows "The file is", `advice` says what to do.

    `endings` are those its name may have; another one is mentioned.
    """

    code: str
    is_a: str
    advice: str
    endings: tuple[str, ...] = ()


_ASK_FOR_UBL = "Ask the sender for the e-invoice itself (UBL or CII), or fetch it from your Peppol inbox."
_ASK_FOR_BANK_FILE = (
    "Ask your bank for the statement of the same account and period as CODA, CAMT (camt.053), MT940 or OFX."
)
_UNPACK = "Unpack it and give the files that are in it."
_SAVE_AS_TABLE = "Open it in your spreadsheet program, save the table as .xlsx or CSV, and give that."
_SAVE_AS_TODAY = "Open it, save it as .docx, .xlsx or PDF, and give that."
_LEAVE_OUT = "It holds no invoice or bank statement; leave it out."
_WHAT_WE_READ = (
    "Give e-invoices (UBL, CII, PDF), bank files (CODA, CAMT, MT940, OFX), ledgers and lists (CSV, Excel), and "
    "contracts (PDF, Word). A contract that is text and was not known as one: save it as PDF or Word."
)

EMPTY = Kind("empty", "empty", "Fetch or export it again.")
EXCEL = Kind(
    "excel", "an Excel workbook in a form that is not read", _SAVE_AS_TABLE, (".xlsx", ".xlsm", ".xlsb")
)
WORD = Kind("word", "a text document in a form that is not read", _SAVE_AS_TODAY, (".docx", ".rtf"))
POWERPOINT = Kind("powerpoint", "a PowerPoint presentation", _LEAVE_OUT, (".pptx",))
OPEN_DOCUMENT = Kind(
    "opendocument",
    "an OpenDocument file in a form that is not read",
    _SAVE_AS_TODAY,
    (".odt", ".ods", ".odp"),
)
OLD_OFFICE = Kind(
    "office",
    "an old or locked Office file (Excel, Word or Outlook), which is not read",
    "Open it, save it without a password as .xlsx, .docx or PDF (a mail as .eml), and give that.",
    (".xls", ".doc", ".ppt", ".msg"),
)
ZIP = Kind("zip", "a ZIP archive", _UNPACK, (".zip",))
ARCHIVE = Kind("archive", "a packed archive", _UNPACK, (".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz"))
IMAGE = Kind(
    "image",
    "a picture; words in pictures are not read",
    _ASK_FOR_UBL,
    (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".heic", ".bmp", ".svg"),
)
CII = Kind(
    "cii",
    "an e-invoice in an early form of CII or ZUGFeRD, which is not read",
    _ASK_FOR_UBL,
    (".xml",),
)
INVOICE_STATUS = Kind(
    "invoice_status",
    "a message about what became of an invoice, not an invoice",
    "It costs nothing; leave it out.",
    (".xml",),
)
ORDER = Kind(
    "order", "an order, not an invoice", "It costs nothing yet; give the invoice instead.", (".xml",)
)
CAMT = Kind(
    "camt",
    "a message between bank and customer (ISO 20022 camt) that is no statement",
    "Give the bank's statement of the account instead (camt.053).",
    (".xml",),
)
PAYMENT_ORDER = Kind(
    "payment_order",
    "an order to the bank (ISO 20022 pain), not a statement",
    "Orders may be refused or changed; give the bank statement instead.",
    (".xml",),
)
OTHER_UBL = Kind(
    "ubl_other",
    "a UBL document that is neither invoice nor credit note",
    "It costs nothing; leave it out.",
    (".xml",),
)
HTML = Kind(
    "html",
    "a web page",
    "Often a sign-in page was saved instead of the file: download the file again.",
    (".html", ".htm"),
)
JSON = Kind("json", "JSON data, which is not read here", _WHAT_WE_READ, (".json",))
EMAIL = Kind("email", "an e-mail", "Save its attachments and give those.", (".eml",))
CSV = Kind("csv", "a table whose rows do not have the same columns", _SAVE_AS_TABLE, (".csv", ".tsv", ".txt"))
TEXT = Kind("text", "text without a form we know", _WHAT_WE_READ)
BINARY = Kind("unknown", "of a kind we do not know", _WHAT_WE_READ)
DAMAGED_XML = Kind(
    "xml", "damaged XML: no first element can be found", "Fetch or export it again.", (".xml",)
)

_FIRST_BYTES = (
    (b"\x89PNG\r\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"BM", IMAGE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", WORD),
    (b"\x1f\x8b", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
)
_INSIDE_ZIP = (
    (b"word/", WORD),
    (b"xl/", EXCEL),
    (b"ppt/", POWERPOINT),
    (b"mimetypeapplication/vnd.oasis.opendocument", OPEN_DOCUMENT),
)
_ROOT_OR_NAMESPACE = (
    ("CrossIndustryInvoice", CII),
    ("CrossIndustryDocument", CII),
    ("CrossDomainAcknowledgementAndResponse", INVOICE_STATUS),
    ("SCRDMCCBDACIOMessageStructure", ORDER),
    ("iso:20022:tech:xsd:camt", CAMT),
    ("iso:20022:tech:xsd:pain", PAYMENT_ORDER),
    ("names:specification:ubl:schema", OTHER_UBL),
    ("www.w3.org/1999/xhtml", HTML),
    ("www.w3.org/2000/svg", IMAGE),
)
_WEB_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)", re.IGNORECASE)
_MAIL_LINES = "return-path|delivered-to|received|message-id|mime-version|from|to|subject|date"
_TEXT_SIGNS = (
    (_WEB_PAGE, HTML),
    (re.compile(r"\A\s*[{\[]\s*[\"{\[\]}\d-]"), JSON),
    (re.compile(rf"\A(?:{_MAIL_LINES})\s*:", re.IGNORECASE), EMAIL),
)
_ROOT = re.compile(r"<((?:[\w.-]+:)?)([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)/?>")
_ABOVE_ROOT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)
_DELIMITERS = (";", ",", "\t", "|")


def describe(data: bytes, name: str) -> Problem:
    """One problem for a file that is not read: what it seems to be, why it is left out, what to do."""
    kind = kind_of(data)
    ending = PurePath(name).suffix.lower()
    misnamed = ending and kind.endings and ending not in kind.endings
    name_lies = f" (though its name ends in {ending})" if misnamed else ""
    return Problem(f"file.{kind.code}", "error", f"The file is {kind.is_a}{name_lies}. {kind.advice}")


def kind_of(data: bytes) -> Kind:
    """What a file seems to be, by its first bytes."""
    head = data[:_HEAD]
    return _kind_of_xml(head) if looks_like_xml(head) else _kind_of_bytes(data)


def is_text(kind: Kind) -> bool:
    """Whether people's words stand in such a file as they are: text, a web page, and what looks like a table."""
    return kind in (TEXT, CSV, HTML)


def looks_like_xml(head: bytes) -> bool:
    """Whether the first bytes can be those of XML: spaces, then "<", and neither a web page nor OFX 1."""
    text = _text(head[:512]).lstrip("\ufeff \t\r\n")
    return text.startswith("<") and not text.startswith("<OFX>") and not _WEB_PAGE.match(text)


def _kind_of_xml(head: bytes) -> Kind:
    root = _ROOT.search(_ABOVE_ROOT.sub("", _text(head)))
    if not root:
        return DAMAGED_XML
    prefix, element, attributes = root.groups()
    said = f"{element} {_namespace(prefix.rstrip(':'), attributes)}"
    for sign, kind in _ROOT_OR_NAMESPACE:
        if sign in said:
            return kind
    words = f"XML of a kind we do not read (its first element is “{element[:60]}”)"
    return Kind("xml", words, _WHAT_WE_READ, (".xml",))


def _namespace(prefix: str, attributes: str) -> str:
    wanted = f"xmlns:{prefix}" if prefix else "xmlns"
    found = re.search(rf"\s{re.escape(wanted)}\s*=\s*[\"']([^\"']*)", attributes)
    return found.group(1) if found else ""


def _kind_of_bytes(data: bytes) -> Kind:
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return EMPTY
    if data.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in _INSIDE_ZIP if sign in data), ZIP)
    if data[4:12] in {b"ftypheic", b"ftypmif1"} or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return IMAGE
    first = next((kind for sign, kind in _FIRST_BYTES if data.startswith(sign)), None)
    return first or _kind_of_text(_text(data[:_HEAD]))


def _kind_of_text(text: str) -> Kind:
    strange = sum(character < " " and character not in "\t\r\n\f\x1a" for character in text)
    if strange > len(text) // 100:
        return BINARY
    for sign, kind in _TEXT_SIGNS:
        if sign.search(text):
            return kind
    return CSV if _is_table(text) else TEXT


def _is_table(text: str) -> bool:
    """Most of the first lines hold the same delimiter at least twice."""
    lines = [line for line in text.splitlines() if line.strip()][:20]
    return len(lines) > 1 and any(
        sum(line.count(delimiter) >= 2 for line in lines) > len(lines) // 2 for delimiter in _DELIMITERS
    )


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")
