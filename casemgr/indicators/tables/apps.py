from django.apps import AppConfig


class OfficialTablesConfig(AppConfig):
    name = "casemgr.indicators.tables"
    label = "official_tables"

    def ready(self) -> None:
        from casemgr.indicators.tables import wiring

        wiring.connect()
