from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "casemgr.audit"

    def ready(self) -> None:
        from simple_history.signals import pre_create_historical_record

        from casemgr.audit import evidence
        from casemgr.audit.history import fill_history_row
        from casemgr.audit.models import AccessLog, Redaction

        pre_create_historical_record.connect(fill_history_row, dispatch_uid="audit.fill_history_row")
        evidence.seal_table(AccessLog)
        evidence.seal_table(Redaction)
