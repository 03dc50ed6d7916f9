from casemgr.assessment.models.causes import CauseRecord, Flaw
from casemgr.assessment.models.files import AssessmentFile
from casemgr.assessment.models.plan import ClauseReport, PlanClause, YearPlan

__all__ = ["AssessmentFile", "CauseRecord", "ClauseReport", "Flaw", "PlanClause", "YearPlan"]
