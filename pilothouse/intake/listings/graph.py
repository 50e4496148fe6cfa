"""Lists as JSON, as Microsoft Graph and the Google Directory API give them: made a sheet, then read like any list.

An answer of Graph (`{"value": […]}`), of Google (`{"users": […]}`), a bare list, or one record for each line. What is
nested becomes a column of its own ("prepaidUnits.enabled"); a list of values is parted by "; ".

Limits: five megabytes, since JSON takes many times its size in memory; 300 columns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pilothouse.intake.listings import read_listing
from pilothouse.intake.papers import Problem, Reading
from pilothouse.intake.tables.rows import Row, Sheet
from pilothouse.intake.tables.text import find_encoding

MB = 1024 * 1024
LARGEST = 5 * MB
_MOST_COLUMNS = 300
_MOST_DEEP = 4
_HOLDERS = ("value", "users", "items", "devices", "data", "resources", "Resources")
_STARTS = re.compile(r"\s*[\[{]")
_SIGNS = re.compile(
    r"\"(?:userPrincipalName|skuPartNumber|isMfaRegistered|primaryEmail|deviceName|serialNumber|managedDeviceOwnerType"
    r"|consumedUnits|accountEnabled|isEnrolledIn2Sv)\"\s*:",
)
_NAMES = ("skuId", "displayName", "name", "email", "address", "value", "id")
# Long, and of no use for a list of licences: the services inside each product.
_LEFT_OUT = frozenset({"servicePlans", "assignedPlans", "provisionedPlans"})


def looks_like_json_listing(head: bytes) -> bool:
    """Whether the first bytes are JSON with a name that only lists of users, licences or devices have."""
    text = head.decode(find_encoding(head).codec, "replace").lstrip("\ufeff")
    return bool(_STARTS.match(text)) and bool(_SIGNS.search(text))


def read_json_listing(data: bytes) -> Reading:
    """The list in the JSON, or why there is none."""
    if len(data) > LARGEST:
        return (), (_TOO_BIG,)
    records = _records(data.decode(find_encoding(data).codec, "replace").lstrip("\ufeff"))
    if records is None:
        return (), (_BROKEN,)
    flat = [dict(_flat(record, "", 0)) for record in records]
    headings = tuple(dict.fromkeys(name for record in flat for name in record))[:_MOST_COLUMNS]
    rows = [Row(1, headings)]
    rows += [
        Row(number, tuple(record.get(name, "") for name in headings))
        for number, record in enumerate(flat, start=2)
    ]
    read = read_listing([Sheet(None, "csv", rows)])
    return read or ((), (_NO_LIST,))


def _records(text: str) -> list[Mapping[str, Any]] | None:
    """The records of a JSON list, whatever holds it; None when the JSON is broken."""
    try:
        holder = json.loads(text)
    except (ValueError, RecursionError):
        return _records_by_line(text)
    if isinstance(holder, dict):
        held = next((holder[name] for name in _HOLDERS if isinstance(holder.get(name), list)), None)
        holder = [holder] if held is None else held
    return [record for record in holder if isinstance(record, dict)] if isinstance(holder, list) else []


def _records_by_line(text: str) -> list[Mapping[str, Any]] | None:
    try:
        records = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
    return [record for record in records if isinstance(record, dict)]


def _flat(record: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if name in _LEFT_OUT or name.startswith("@"):
            continue
        if isinstance(value, dict) and depth < _MOST_DEEP:
            yield from _flat(value, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}", _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(filter(None, (_named(one) for one in value)))
    return json.dumps(value) if isinstance(value, dict) else str(value).strip()


def _named(value: Any) -> str:
    """One of several values: a record by its name."""
    if isinstance(value, dict):
        return next((str(value[name]) for name in _NAMES if value.get(name)), "")
    return str(value).strip()


_TOO_BIG = Problem(
    "listing.too_big",
    "error",
    f"The list is JSON of more than {LARGEST // MB} MB, which is not read. Export it as CSV, or in parts.",
)
_BROKEN = Problem(
    "listing.json",
    "error",
    "The file begins like JSON and cannot be read as such: it is damaged or cut off. Export it again.",
)
_NO_LIST = Problem(
    "listing.unknown",
    "error",
    "The file is JSON, and no list of users, licences, devices or second factors could be made of it. Export such a "
    "list as CSV from the admin centre.",
)
