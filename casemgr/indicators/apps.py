from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "casemgr.indicators"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import registry
        from casemgr.audit import kinds
        from casemgr.indicators import (
            checks,  # noqa: F401 - registers the check of indicators
            listening,
            selfcheck,
            targets,
        )
        from casemgr.indicators.definition import register
        from casemgr.indicators.ground import INDICATORS

        register(*INDICATORS)
        registry.register(*targets.ACTIONS)
        listening.connect()
        selfcheck.connect()
        kinds.register(figures_exported=_("Figures exported"))
