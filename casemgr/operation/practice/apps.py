from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "casemgr.operation.practice"
    label = "practice"

    def ready(self) -> None:
        from casemgr.operation.practice import resetting  # noqa: F401 - registers the work
