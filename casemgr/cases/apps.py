from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "casemgr.cases"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import capacity, outbox, registry
        from casemgr.actions.signals import performed
        from casemgr.audit import kinds
        from casemgr.cases import (
            calendar_changes,
            checks,  # noqa: F401 - registers the check of procedures
            evidence,
            held_data,
            links,
            party_conflicts,
            party_splits,
            plain_data,
        )
        from casemgr.cases.actions import CorrectDate
        from casemgr.cases.drafts import keeping
        from casemgr.cases.emergency import actions as emergency
        from casemgr.cases.line_panel import LINE_ORDER, line_context
        from casemgr.cases.models import RegistrationDraft
        from casemgr.cases.panels import register_panel, register_steps, register_worklist_section
        from casemgr.cases.people import absences, handlers, reminders, standing, words
        from casemgr.cases.reassigning import actions as reassigning
        from casemgr.cases.recomputation import running
        from casemgr.cases.referrals import actions as referrals
        from casemgr.cases.representation import agents, groups
        from casemgr.cases.representation import panel as representation
        from casemgr.cases.representation.views import steps as member_steps
        from casemgr.cases.undo.actions import Annul
        from casemgr.cases.visibility import (
            parties_known_through_cases,
            parties_of_recused_cases,
            parties_read_in_emergency,
        )
        from casemgr.organisation.field_keys import register_wrapped
        from casemgr.parties import erasure, merging, scope, splitting
        from casemgr.parties.data_requests import holdings

        registry.register(
            CorrectDate,
            Annul,
            *plain_data.ACTIONS,
            *handlers.ACTIONS,
            *absences.ACTIONS,
            *reassigning.ACTIONS,
            *words.ACTIONS,
            *links.ACTIONS,
            *referrals.ACTIONS,
            *agents.ACTIONS,
            *groups.ACTIONS,
            *emergency.ACTIONS,
        )
        outbox.declare(*emergency.NOTICES)
        outbox.declare(*referrals.NOTICES, running.NOTICE)
        capacity.register(standing.name_in_place)
        outbox.declare(*absences.NOTICES, *reassigning.NOTICES)
        outbox.declare(*handlers.NOTICES, *words.NOTICES, *reminders.NOTICES)
        register_worklist_section("cases/drafts/_list.html", keeping.worklist_context)
        register_worklist_section("cases/people/_waiting.html", reminders.waiting_context)
        performed.connect(keeping.end_with_registration, dispatch_uid="drafts")
        register_wrapped(RegistrationDraft, "wrapped_key")
        kinds.register(
            cases_exported=_("Case list exported"),
            access_explained=_("Asked who sees a case"),
            party_erased=_("Party erased"),
            emergency_opened=_("Case opened in an emergency"),
            emergency_missed=_("Emergency opening tried in vain"),
            emergency_judged=_("Emergency opening judged"),
        )
        merging.register_conflicts(party_conflicts.conflicts)
        erasure.register_refuser(party_conflicts.files_to_keep)
        holdings.register_provider(held_data.sheets)
        splitting.register_files(party_splits.SplitFiles())
        merging.register_teller(party_conflicts.tell_handlers)
        outbox.declare(*party_conflicts.NOTICES)
        register_steps(member_steps)
        register_panel(representation.ORDER, "cases/representation/_panel.html", representation.context)
        register_panel(LINE_ORDER, "cases/_line.html", line_context)
        evidence.register()
        calendar_changes.connect()
        scope.register(parties_known_through_cases)
        scope.register_reader(parties_read_in_emergency)
        scope.register_withholder(parties_of_recused_cases)
        kinds.register(case_opened=_("Restricted case opened"), moves_exported=_("Moved deadlines exported"))
