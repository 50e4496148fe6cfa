"""Who does what in a company: the draft for the advised model, versions, what is wrong in them, signatures.

A version is never changed: an edit is a new one, and a signature holds for what was signed. Two people who edit at once
are told: whoever comes second began from a version that is no longer the newest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from pilothouse.accounts.models import Company, User
from pilothouse.engine.costs.profile import Profile
from pilothouse.engine.sourcing.responsibilities import (
    COLUMNS,
    LETTERS,
    Fault,
    Judged,
    Row,
    Situation,
    check_matrix,
    columns_in,
    draft_matrix,
    judge_duty,
)
from pilothouse.knowledge.sourcing_duties import duties
from pilothouse.records.models import MatrixSignature, ResponsibilityMatrix
from pilothouse.services import sourcing

Rows = Mapping[str, Mapping[str, str]]
CHOICES = ("", "A", "R", "AR", "C", "I")
FAULTS: dict[str, str | Promise] = {
    "missing": gettext_lazy("Nobody does it, and nobody answers for it"),
    "nobody_accountable": gettext_lazy("Nobody answers for it"),
    "two_accountable": gettext_lazy("Two answer for it, so nobody does"),
    "nobody_responsible": gettext_lazy("Nobody does it"),
    "not_there": gettext_lazy("Somebody is named who is not there under this model"),
    "adviser_runs": gettext_lazy("An adviser answers for running it; an adviser advises"),
    "given_away": gettext_lazy("It belongs to the owner, and was given away"),
}


class SomebodyWasFaster(Exception):
    """Another version was kept since this one was opened."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a version says: letters of each column by duty, who stands in a column, and why this version."""

    model: str
    rows: Rows
    names: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One duty with its verdict, its letters in the order of `COLUMNS`, and what is wrong in the row."""

    judged: Judged
    letters: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ShownMatrix:
    """A version (None for the draft), its rows, who there is, and all that is wrong."""

    version: ResponsibilityMatrix | None
    model: str
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    faults: tuple[Fault, ...]
    names: Mapping[str, str]


def newest(company: Company) -> ResponsibilityMatrix | None:
    """The version that holds."""
    return ResponsibilityMatrix.objects.of(company).order_by("-number").first()


def show(company: Company, version: ResponsibilityMatrix | None, *, today: date) -> ShownMatrix:
    """A version as pages show it; without one, the draft for the model that is advised."""
    profile = sourcing.profile_of(company).profile
    if version is not None:
        return _shown(profile, version.model, version.rows, version.names, version)
    model = profile.current_model or sourcing.advice_on(company, today=today).first.key
    drafted = draft_matrix(model, Situation.of(profile), duties())
    return _shown(profile, model, {row.duty: row.letters for row in drafted}, {}, None)


def drafted_for(company: Company, model: str) -> Rows:
    """The rows to begin with, for a model."""
    situation = Situation.of(sourcing.profile_of(company).profile)
    return {row.duty: dict(row.letters) for row in draft_matrix(model, situation, duties())}


def _shown(
    profile: Profile,
    model: str,
    rows: Rows,
    names: Mapping[str, str],
    version: ResponsibilityMatrix | None,
) -> ShownMatrix:
    situation = Situation.of(profile)
    columns = columns_in(model, situation)
    kept = [Row(duty, letters) for duty, letters in rows.items()]
    faults = check_matrix(kept, duties(), columns)
    shown = tuple(
        ShownRow(
            judge_duty(duty, situation),
            tuple((column, rows.get(duty.key, {}).get(column, "")) for column in COLUMNS),
            tuple(fault for fault in faults if fault.duty == duty.key),
        )
        for duty in duties()
    )
    return ShownMatrix(version, model, columns, shown, faults, names)


def keep(company: Company, settled: Settled, *, base: int, by: User) -> ResponsibilityMatrix:
    """Keep a new version that was begun from version `base` (0: from the draft).

    Raises `SomebodyWasFaster` where another was kept meanwhile; nothing is written then.
    """
    rows = {
        duty: {column: letters.get(column, "") for column in COLUMNS}
        for duty, letters in settled.rows.items()
    }
    latest = newest(company)
    if (latest.number if latest else 0) != base:
        raise SomebodyWasFaster
    try:
        with transaction.atomic():
            kept: ResponsibilityMatrix = ResponsibilityMatrix.objects.create(
                company=company, number=base + 1, model=settled.model, rows=rows, names=dict(settled.names),
                note=settled.note, digest=digest_of(settled.model, rows, settled.names), by=by,
            )  # fmt: skip
    except IntegrityError as error:  # both saw the same newest version, and only one can be the next
        raise SomebodyWasFaster from error
    return kept


def digest_of(model: str, rows: Rows, names: Mapping[str, str]) -> str:
    """What is signed, in short: the same matrix has the same digest."""
    whole = json.dumps([model, rows, dict(names)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


def sign(
    version: ResponsibilityMatrix, side: str, name: str, role: str, signed_on: date, *, by: User
) -> MatrixSignature | None:
    """Note that somebody signed for a side; None where that side has signed already."""
    signature, made = MatrixSignature.objects.get_or_create(
        matrix=version,
        side=side,
        defaults={
            "company": version.company, "name": name, "role": role, "signed_on": signed_on,
            "digest": version.digest, "by": by,
        },
    )  # fmt: skip
    return signature if made else None


def differences(before: ResponsibilityMatrix, after: ResponsibilityMatrix) -> list[tuple[str, str, str, str]]:
    """What a version says differently: duty, column, before, after."""
    names = {duty.key: duty.name for duty in duties()}
    return [
        (names[duty], column, before.rows.get(duty, {}).get(column, ""), letters.get(column, ""))
        for duty, letters in after.rows.items()
        if duty in names
        for column in COLUMNS
        if before.rows.get(duty, {}).get(column, "") != letters.get(column, "")
    ]


def are_letters(value: str) -> bool:
    """Whether a cell can hold this."""
    return value in CHOICES and set(value) <= LETTERS


def gaps_of(company: Company, *, today: date) -> Iterable[Fault]:
    """Gaps and doubles of the version that holds; none before there is one."""
    version = newest(company)
    return show(company, version, today=today).faults if version else ()
