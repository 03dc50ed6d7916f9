from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "casemgr.operation"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.operation import schedule  # noqa: F401 - registers the scheduled work
        from casemgr.operation.accounts.actions import ACTIONS

        registry.register(*ACTIONS)
