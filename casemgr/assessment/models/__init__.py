from casemgr.assessment.models.causes import CauseRecord, Flaw
from casemgr.assessment.models.files import AssessmentFile
from casemgr.assessment.models.plan import ClauseReport, PlanClause, YearPlan
from casemgr.assessment.models.report import Report
from casemgr.assessment.models.sheet import SheetEntry, SheetLine, SheetObjection, SheetPaper, UnitSheet

__all__ = [
    "AssessmentFile",
    "CauseRecord",
    "ClauseReport",
    "Flaw",
    "PlanClause",
    "Report",
    "SheetEntry",
    "SheetLine",
    "SheetObjection",
    "SheetPaper",
    "UnitSheet",
    "YearPlan",
]
