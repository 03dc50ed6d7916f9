from django.apps import AppConfig


class LitigationConfig(AppConfig):
    name = "litigation"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import outbox, registry
        from casemgr.actions.signals import performed
        from casemgr.audit import evidence
        from casemgr.cases.drafts import forms as drafts
        from casemgr.cases.panels import register_steps, register_worklist_section
        from casemgr.cases.procedure import register_procedure
        from casemgr.documents.clues import sources as clue_sources
        from casemgr.documents.volumes.order import register_order
        from casemgr.timelimits.registry import register
        from casemgr.web import navigation
        from casemgr.web.navigation import BOOKS, HANDLING, NEW, Entry
        from litigation import models
        from litigation.actions.assessed import SetAssessedLine
        from litigation.backlog import reminders
        from litigation.backlog.wiring import connect as connect_backlog
        from litigation.boards import connect as connect_boards
        from litigation.clues import READERS, SOURCES
        from litigation.cooperation.actions import ACTIONS as COOPERATION
        from litigation.court.notices import NOTICES
        from litigation.court.waiting import waiting_context
        from litigation.filing import filing_steps
        from litigation.following import after_step
        from litigation.procedure import LITIGATION
        from litigation.registration.drafts import DRAFT
        from litigation.registration.enforcement import DRAFT as ENFORCEMENT_DRAFT
        from litigation.registration.form import REGISTERING_ROLES
        from litigation.roles import LIAISON
        from litigation.suggestions.drafts import DRAFTS
        from litigation.tables.wiring import connect as connect_tables
        from litigation.two_years import telling as two_years
        from litigation.volume import VOLUME

        register(LITIGATION.code, LITIGATION.rules)
        register_procedure(LITIGATION)
        registry.register(*LITIGATION.actions, SetAssessedLine, *COOPERATION)
        register_order(LITIGATION.code, VOLUME)
        register_steps(filing_steps)
        clue_sources.register(*SOURCES)
        performed.connect(after_step, dispatch_uid="litigation.after_step")
        outbox.declare(*NOTICES, *two_years.NOTICES, *reminders.NOTICES)
        register_worklist_section("litigation/_heads_waiting.html", waiting_context)
        register_worklist_section("litigation/_two_years_waiting.html", two_years.waiting_context)
        for draft in (DRAFT, ENFORCEMENT_DRAFT, *DRAFTS):
            drafts.register(draft)
        roles, appearance = ("liaison", "department", "leader"), ("/litigation/appearance/",)
        navigation.register(
            Entry(_("Register a suit"), "litigation_register", REGISTERING_ROLES, 16, NEW),
            Entry(
                _("Register the enforcement of an act"), "litigation_register_enforcement", REGISTERING_ROLES, 17, NEW
            ),
            Entry(_("Register a suggestion"), "litigation_register_suggestion", REGISTERING_ROLES, 18, NEW),
            Entry(_("Courts and procuratorates"), "meeting_list", REGISTERING_ROLES, 19, BOOKS),
            Entry(_("Court sessions"), "court_sessions", roles, 25, HANDLING, below=appearance),
        )
        navigation.share(Entry(_("Handovers of clues"), "clue_list", (*LIAISON, *READERS), 56, HANDLING))
        evidence.mirror(models.Instance, "case_id", "order", "level", "court", "court_key", "outcome", "ended_on")
        evidence.mirror(
            models.Ruling,
            *("in_instance_id", "order", "kind", "matter", "outcome", "is_appealable", "made_on", "effective_on"),
        )
        evidence.mirror(
            models.Obligation,
            *("ruling_id", "order", "debtor_id", "kind", "amount_yuan", "due_on", "done_on", "waived_on"),
        )
        evidence.mirror(models.Performed, "obligation_id", "on", "amount_yuan", "is_same_act", "is_false")
        evidence.mirror(models.Execution, "in_instance_id", "direction", "is_open", "is_listed")
        evidence.mirror(models.ExecutionStep, "execution_id", "kind", "on", "amount_yuan")
        evidence.mirror(
            models.CourtSession, "in_instance_id", "number", "kind", "planned_at", "held_on", "called_off_on"
        )
        connect_backlog()
        connect_boards()
        connect_tables()
