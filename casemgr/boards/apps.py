from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "casemgr.boards"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import registry
        from casemgr.audit import kinds
        from casemgr.boards import ground
        from casemgr.boards.alerts import evaluating
        from casemgr.boards.alerts.actions import ACTIONS

        ground.connect()
        evaluating.connect()
        registry.register(*ACTIONS)
        kinds.register(board_printed=_("Board printed"))
