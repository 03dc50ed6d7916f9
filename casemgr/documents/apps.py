from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "casemgr.documents"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.documents import checks  # noqa: F401
        from casemgr.documents.actions import ACTIONS

        registry.register(*ACTIONS)
