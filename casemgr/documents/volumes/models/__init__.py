from casemgr.documents.volumes.models.appraisal import Appraisal
from casemgr.documents.volumes.models.bundle import Bundle
from casemgr.documents.volumes.models.inspection import Inspection
from casemgr.documents.volumes.models.keeping import Loan
from casemgr.documents.volumes.models.preparation import Arrangement, LackReason, LooseEntry
from casemgr.documents.volumes.models.retention import RetentionRule, Term
from casemgr.documents.volumes.models.volume import Carrier, Part, Volume, VolumeItem, VolumeSealed

__all__ = [
    "Appraisal",
    "Arrangement",
    "Bundle",
    "Carrier",
    "Inspection",
    "LackReason",
    "Loan",
    "LooseEntry",
    "Part",
    "RetentionRule",
    "Term",
    "Volume",
    "VolumeItem",
    "VolumeSealed",
]
