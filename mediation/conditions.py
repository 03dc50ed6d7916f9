"""Which of the clocks runs on a case (dossier §1.3): one of six, by who sent it and what it is about."""

from __future__ import annotations

from typing import Any

from mediation.terms import CourtTrack, DisputeSubType, DisputeType

WRITTEN_ONLY = (DisputeType.LABOUR, DisputeType.MEDICAL)
"""Labour Disputes Law, art. 14; Regulation on medical disputes, art. 39."""
WRITTEN_ONLY_SUB_TYPES = (DisputeSubType.LAND_CONTRACT,)
"""Law on mediation and arbitration of rural land contract disputes, art. 10."""


def must_be_written(facts: Any) -> bool:
    """Whether the law asks for a written agreement."""
    return facts.dispute_type in WRITTEN_ONLY or facts.sub_type in WRITTEN_ONLY_SUB_TYPES


def is_delegated(case: Any, facts: Any, root: Any) -> bool:
    """Provisions on invited mediation, art. 27: before filing."""
    return facts.court_track == CourtTrack.DELEGATED


def is_entrusted_ordinary(case: Any, facts: Any, root: Any) -> bool:
    return facts.court_track == CourtTrack.ENTRUSTED_ORDINARY


def is_entrusted_summary(case: Any, facts: Any, root: Any) -> bool:
    return facts.court_track == CourtTrack.ENTRUSTED_SUMMARY


def is_labour(case: Any, facts: Any, root: Any) -> bool:
    return facts.dispute_type == DisputeType.LABOUR and not facts.court_track


def is_medical(case: Any, facts: Any, root: Any) -> bool:
    return facts.dispute_type == DisputeType.MEDICAL and not facts.court_track


def is_traffic(case: Any, facts: Any, root: Any) -> bool:
    return facts.dispute_type == DisputeType.TRAFFIC


def is_ordinary(case: Any, facts: Any, root: Any) -> bool:
    """No text sets a period of its own."""
    return not (facts.court_track or facts.dispute_type in (DisputeType.LABOUR, DisputeType.MEDICAL))
