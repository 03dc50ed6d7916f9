from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "casemgr.assessment"

    def ready(self) -> None:
        from casemgr.actions import outbox, registry
        from casemgr.assessment.causes.actions import ACTIONS as CAUSES
        from casemgr.assessment.models import AssessmentFile, CauseRecord, ClauseReport, PlanClause, YearPlan
        from casemgr.assessment.plan import actions, files, reminders
        from casemgr.audit import evidence
        from casemgr.documents.uploads.holding import hold

        registry.register(*actions.ACTIONS, *CAUSES)
        outbox.declare(*reminders.NOTICES)
        hold(AssessmentFile, files.FOLDER, "title", "received_on", "withdrawn_on", "withdrawn_reason")
        evidence.mirror(PlanClause, "plan_id", "number", "unit_id", "indicator", "due_on", "state", "judged_on")
        evidence.mirror(ClauseReport, "clause_id", "on", "text", "reported_by_id")
        evidence.mirror(YearPlan, "year", "title", "basis")
        evidence.mirror(CauseRecord, "case_id", "article", "flaws", "entered_on")
