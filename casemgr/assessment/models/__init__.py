from casemgr.assessment.models.files import AssessmentFile
from casemgr.assessment.models.plan import ClauseReport, PlanClause, YearPlan

__all__ = ["AssessmentFile", "ClauseReport", "PlanClause", "YearPlan"]
