from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "casemgr.numbering"

    def ready(self) -> None:
        from casemgr.audit import evidence
        from casemgr.numbering.models import IssuedNumber

        evidence.mirror(IssuedNumber, "series", "year", "owner", "number", "text", "void_reason")
