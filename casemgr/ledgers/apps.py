from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "casemgr.ledgers"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import registry
        from casemgr.audit import kinds
        from casemgr.ledgers import job, keeping  # noqa: F401 - registers the work
        from casemgr.ledgers.actions import ACTIONS
        from casemgr.ledgers.definition import register
        from casemgr.ledgers.parties import PARTIES

        register(PARTIES)
        registry.register(*ACTIONS)
        keeping.connect()
        kinds.register(
            ledger_exported=_("Ledger exported"),
            ledger_sent=_("Ledger sent in"),
            ledger_refusals=_("Refused rows of a ledger fetched"),
        )
