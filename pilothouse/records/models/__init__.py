"""One file per thing; every record belongs to one company and is asked for by `.of(company)`."""

from pilothouse.records.models.arrivals import Arrival, ArrivedFile
from pilothouse.records.models.contracts import (
    Contract,
    ContractChange,
    ContractDecision,
    ContractDocument,
    ContractTerm,
    FlagWord,
    ReminderSent,
    VendorCard,
)
from pilothouse.records.models.imports import Import, ImportFile
from pilothouse.records.models.incident import Incident
from pilothouse.records.models.looked_at import CheckAnswer, RegisterWord
from pilothouse.records.models.papers import Attachment, HandReading, Paper, PaperRows, SourceFile
from pilothouse.records.models.profile import ProfileVersion
from pilothouse.records.models.reports import Report
from pilothouse.records.models.sources import ColumnMap, HandlingOfPapers
from pilothouse.records.models.sourcing import (
    AssumptionOverride,
    CostForecast,
    Drill,
    DrillStep,
    MatrixSignature,
    ReadinessAnswers,
    ResponsibilityMatrix,
    Transition,
    TransitionTask,
    TriggerState,
)
from pilothouse.records.models.spend import (
    OpenInvoice,
    PaymentWord,
    Review,
    SavedView,
    SetAside,
    SpendCell,
    SpendDecision,
    SpendLine,
    VendorWord,
)

__all__ = [
    "Arrival",
    "ArrivedFile",
    "AssumptionOverride",
    "Attachment",
    "CheckAnswer",
    "ColumnMap",
    "Contract",
    "ContractChange",
    "ContractDecision",
    "ContractDocument",
    "ContractTerm",
    "CostForecast",
    "Drill",
    "DrillStep",
    "FlagWord",
    "HandReading",
    "HandlingOfPapers",
    "Import",
    "ImportFile",
    "Incident",
    "MatrixSignature",
    "OpenInvoice",
    "Paper",
    "PaperRows",
    "PaymentWord",
    "ProfileVersion",
    "ReadinessAnswers",
    "RegisterWord",
    "ReminderSent",
    "Report",
    "ResponsibilityMatrix",
    "Review",
    "SavedView",
    "SetAside",
    "SourceFile",
    "SpendCell",
    "SpendDecision",
    "SpendLine",
    "Transition",
    "TransitionTask",
    "TriggerState",
    "VendorCard",
    "VendorWord",
]
