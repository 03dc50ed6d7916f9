from django.apps import AppConfig

PANEL_ORDER = 62
"""On the case page behind the papers."""


class ServiceAddressesConfig(AppConfig):
    name = "casemgr.documents.service_addresses"
    label = "service_addresses"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.cases.panels import register_panel
        from casemgr.documents.service_addresses.actions import ACTIONS
        from casemgr.documents.service_addresses.panel import TEMPLATE, addresses_context

        registry.register(*ACTIONS)
        register_panel(PANEL_ORDER, TEMPLATE, addresses_context)
