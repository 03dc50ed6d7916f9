from django.apps import AppConfig


class ReconsiderationConfig(AppConfig):
    name = "reconsideration"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import registry
        from casemgr.audit import kinds
        from casemgr.cases.drafts import forms as drafts
        from casemgr.cases.procedure import register_procedure
        from casemgr.documents.volumes.order import register_order
        from casemgr.timelimits.registry import register
        from casemgr.web import navigation
        from reconsideration.aftermath.wiring import connect as connect_aftermath
        from reconsideration.boards import connect as connect_boards
        from reconsideration.desk import connect as connect_desk
        from reconsideration.hearings.wiring import connect as connect_hearings
        from reconsideration.models.normative import READERS
        from reconsideration.normative.actions import ACTIONS as NORMATIVE
        from reconsideration.openness.wiring import connect as connect_openness
        from reconsideration.procedure import RECONSIDERATION
        from reconsideration.registration.drafts import DRAFT
        from reconsideration.tables.wiring import connect as connect_tables
        from reconsideration.volume import VOLUME

        kinds.register(shared_papers_read=_("Papers shared with a mediation organisation read"))
        register(RECONSIDERATION.code, RECONSIDERATION.rules)
        register_procedure(RECONSIDERATION)
        registry.register(*RECONSIDERATION.actions, *NORMATIVE)
        register_order(RECONSIDERATION.code, VOLUME)
        drafts.register(DRAFT)
        navigation.register(
            navigation.Entry(_("Normative documents"), "normative_list", READERS, order=57, group=navigation.BOOKS)
        )
        connect_aftermath()
        connect_desk()
        connect_openness()
        connect_hearings()
        connect_tables()
        connect_boards()
