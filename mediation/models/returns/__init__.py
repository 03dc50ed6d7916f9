"""What the statistical returns and the subsidy keep: rules, frozen tables, entries by hand, batches, results."""

from mediation.models.returns.entries import FundEntry
from mediation.models.returns.subsidies import (
    BatchState,
    SubsidyBatch,
    SubsidyClaim,
    SubsidyFacts,
    SubsidyGrade,
    SubsidyRate,
    SubsidyResult,
    SubsidyShare,
)
from mediation.models.returns.tables import (
    Basis,
    Correction,
    ReturnLine,
    ReturnRow,
    ReturnState,
    TablePolicy,
    TableReturn,
)

__all__ = [
    "Basis",
    "BatchState",
    "Correction",
    "FundEntry",
    "ReturnLine",
    "ReturnRow",
    "ReturnState",
    "SubsidyBatch",
    "SubsidyClaim",
    "SubsidyFacts",
    "SubsidyGrade",
    "SubsidyRate",
    "SubsidyResult",
    "SubsidyShare",
    "TablePolicy",
    "TableReturn",
]
