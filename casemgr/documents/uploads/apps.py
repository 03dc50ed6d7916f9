from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "casemgr.documents.uploads"
    label = "uploads"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import outbox, registry
        from casemgr.audit import kinds
        from casemgr.cases.panels import register_panel
        from casemgr.documents.uploads import evidence, holdings, jobs
        from casemgr.documents.uploads.actions import ACTIONS
        from casemgr.documents.uploads.panels import ORDER, TEMPLATE, case_materials_context
        from casemgr.parties.data_requests import holdings as data_requests

        evidence.register()
        data_requests.register_provider(holdings.sheets)
        kinds.register(material_opened=_("Material of a case opened"))
        outbox.declare(jobs.INFECTED)
        registry.register(*ACTIONS)
        register_panel(ORDER, TEMPLATE, case_materials_context)
