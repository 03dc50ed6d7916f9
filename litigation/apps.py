from django.apps import AppConfig


class LitigationConfig(AppConfig):
    name = "litigation"

    def ready(self) -> None:
        from casemgr.documents.volumes.order import register_order
        from casemgr.timelimits.registry import register
        from litigation.timelimits import RULES
        from litigation.volume import VOLUME

        register("litigation", RULES)
        register_order("litigation", VOLUME)
