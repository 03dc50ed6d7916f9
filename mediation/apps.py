from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "mediation"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import registry
        from casemgr.actions.signals import performed
        from casemgr.audit import kinds
        from casemgr.cases.drafts import forms as drafts
        from casemgr.cases.panels import register_worklist_section
        from casemgr.cases.procedure import register_procedure
        from casemgr.documents.volumes.order import register_order
        from casemgr.timelimits.registry import register
        from casemgr.web import navigation
        from mediation.actions.base import MEDIATOR
        from mediation.administrative import wiring as administrative
        from mediation.agreements.following import after_correction
        from mediation.agreements.visits import waiting_context
        from mediation.agreements.waiting_seals import waiting_context as seals_waiting
        from mediation.boards import connect as connect_boards
        from mediation.campaigns import wiring as campaigns
        from mediation.course import joining
        from mediation.docks.following import after_step
        from mediation.organisations.wiring import connect
        from mediation.procedure import MEDIATION
        from mediation.registration.drafts import DRAFT
        from mediation.subsidy.wiring import connect as connect_subsidy
        from mediation.tables.wiring import connect as connect_tables
        from mediation.volume import VOLUME

        register(MEDIATION.code, MEDIATION.rules)
        register_procedure(MEDIATION)
        registry.register(*MEDIATION.actions)
        register_order(MEDIATION.code, VOLUME)
        register_worklist_section("mediation/_seals_waiting.html", seals_waiting)
        register_worklist_section("mediation/_visits_waiting.html", waiting_context)
        performed.connect(after_correction, dispatch_uid="mediation.after_correction")
        performed.connect(after_step, dispatch_uid="mediation.after_step_of_referral")
        drafts.register(DRAFT)
        navigation.register(
            navigation.Entry(_("Register a dispute"), "mediation_register", MEDIATOR, order=15, group=navigation.NEW)
        )
        kinds.register(oral_file_opened=_("Bound oral agreements opened"))
        joining.join()
        connect()
        campaigns.connect()
        administrative.connect()
        connect_tables()
        connect_subsidy()
        connect_boards()
