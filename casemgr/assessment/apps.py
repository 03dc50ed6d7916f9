from functools import partial

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "casemgr.assessment"

    def ready(self) -> None:
        from casemgr.actions import outbox, registry
        from casemgr.assessment import models
        from casemgr.assessment.causes.actions import ACTIONS as CAUSES
        from casemgr.assessment.plan import actions, files, reminders
        from casemgr.assessment.reports import actions as reports
        from casemgr.assessment.reports import reminders as report_days
        from casemgr.assessment.sheets import actions as sheets
        from casemgr.assessment.sheets import printed
        from casemgr.audit import evidence
        from casemgr.documents import orphans
        from casemgr.documents.evidence import damaged
        from casemgr.documents.uploads.holding import hold

        registry.register(*actions.ACTIONS, *CAUSES, *sheets.ACTIONS, *reports.ACTIONS)
        outbox.declare(*reminders.NOTICES, *sheets.NOTICES, *report_days.NOTICES)
        hold(models.AssessmentFile, files.FOLDER, "title", "received_on", "withdrawn_on", "withdrawn_reason")
        evidence.mirror(models.PlanClause, "plan_id", "number", "unit_id", "indicator", "due_on", "state", "judged_on")
        evidence.mirror(models.ClauseReport, "clause_id", "on", "text", "reported_by_id")
        evidence.mirror(models.YearPlan, "year", "title", "basis")
        evidence.mirror(models.CauseRecord, "case_id", "article", "flaws", "entered_on")
        evidence.mirror(models.UnitSheet, "year", "unit_id", "state", "as_of", "frozen_on")
        evidence.mirror(models.SheetLine, "sheet_id", "measure", "number", "base", "told_number", "told_base")
        evidence.mirror(models.SheetObjection, "line_id", "text", "on", "is_accepted", "answer", "answered_on")
        evidence.mirror(models.Report, "kind", "year", "quarter", "state", "issued_on", "sha256", "word_sha256")
        orphans.own(reports.FOLDER, models.Report._meta.label, "file", "word_file")
        evidence.mirror(models.SheetPaper, "sheet_id", "state", "on", "sha256", "word_sha256")
        orphans.own(printed.FOLDER, models.SheetPaper._meta.label, "file", "word_file")
        for what, model in (("sheets of units", models.SheetPaper), ("issued reports", models.Report)):
            evidence.register_check(what, partial(damaged, model, "file", "sha256"))
            evidence.register_check(f"{what} in Word", partial(damaged, model, "word_file", "word_sha256"))
