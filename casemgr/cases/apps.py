from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "casemgr.cases"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.cases.actions import CorrectDate

        registry.register(CorrectDate)
