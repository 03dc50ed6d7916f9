from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "casemgr.parties"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.audit import kinds
        from casemgr.parties import actions

        actions.register()
        kinds.register(
            data_request_opened=_("Request about personal data opened"),
            data_compiled=_("Data of a person compiled for the person"),
        )
