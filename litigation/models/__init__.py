"""What litigation follow-up keeps beside the register: files, instances, sessions, papers of the court, obligations."""

from litigation.models.assessed import AppearanceLine, AssessedLine
from litigation.models.backlog import (
    BacklogItem,
    BacklogMeasure,
    BacklogYear,
    JointUnit,
    SelfCheckReturn,
    SnapshotEntry,
)
from litigation.models.case import PROCEDURE, LitigationCase, LitigationFacts
from litigation.models.clearing import ClearingRound, RoundItem
from litigation.models.cooperation import Contact, Decision, JointMeeting
from litigation.models.execution import Execution, ExecutionStep
from litigation.models.instance import Instance, Standing
from litigation.models.letter import Letter, Supervision
from litigation.models.obligation import Obligation, Performed
from litigation.models.pressing import EscalationStep, UnitLetter
from litigation.models.proof import BacklogProof, ProofPaper
from litigation.models.ruling import Ruling
from litigation.models.session import Appearance, CourtSession
from litigation.models.settlement import SuitSettlement

__all__ = [
    "PROCEDURE",
    "Appearance",
    "AppearanceLine",
    "AssessedLine",
    "BacklogItem",
    "BacklogMeasure",
    "BacklogProof",
    "BacklogYear",
    "ClearingRound",
    "Contact",
    "CourtSession",
    "Decision",
    "EscalationStep",
    "Execution",
    "ExecutionStep",
    "Instance",
    "JointMeeting",
    "JointUnit",
    "Letter",
    "LitigationCase",
    "LitigationFacts",
    "Obligation",
    "Performed",
    "ProofPaper",
    "RoundItem",
    "Ruling",
    "SelfCheckReturn",
    "SnapshotEntry",
    "Standing",
    "SuitSettlement",
    "Supervision",
    "UnitLetter",
]
