from django.apps import AppConfig


class TimelimitsConfig(AppConfig):
    name = "casemgr.timelimits"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.timelimits import holiday_notices
        from casemgr.timelimits.overrides import OverrideDay, RemoveOverride

        registry.register(OverrideDay, RemoveOverride, *holiday_notices.ACTIONS)
