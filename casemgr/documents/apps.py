from django.apps import AppConfig

PANEL_ORDER = 60
"""On the case page behind the procedure's own sections."""


class DocumentsConfig(AppConfig):
    name = "casemgr.documents"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import registry
        from casemgr.audit import kinds
        from casemgr.cases.api_rows import register_part
        from casemgr.cases.panels import register_panel, register_steps, register_whereabouts, register_worklist_section
        from casemgr.cases.undo import consequences
        from casemgr.documents import (
            checks,  # noqa: F401
            evidence,
            orphans,  # noqa: F401 - registers the job
        )
        from casemgr.documents.actions import ACTIONS
        from casemgr.documents.api import papers_of
        from casemgr.documents.panels import (
            TEMPLATE,
            WAITING_TEMPLATE,
            case_documents_context,
            paper_steps,
            waiting_papers_context,
            whereabouts,
        )
        from casemgr.documents.undo import PAPERS

        evidence.register()
        register_part("documents", papers_of)
        kinds.register(document_opened=_("Paper of a restricted case opened"))
        consequences.register("papers", PAPERS)
        registry.register(*ACTIONS)
        register_panel(PANEL_ORDER, TEMPLATE, case_documents_context)
        register_steps(paper_steps)
        register_whereabouts(whereabouts)
        register_worklist_section(WAITING_TEMPLATE, waiting_papers_context)
