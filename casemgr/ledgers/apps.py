from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "casemgr.ledgers"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.audit import kinds
        from casemgr.ledgers import job  # noqa: F401 - makes the kind of work known
        from casemgr.ledgers.definition import register
        from casemgr.ledgers.parties import PARTIES

        register(PARTIES)
        kinds.register(ledger_exported=_("Ledger exported"))
