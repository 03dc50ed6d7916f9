from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "mediation"

    def ready(self) -> None:
        from casemgr.cases.referrals import receivers
        from casemgr.documents.volumes.order import register_order
        from casemgr.organisation.models import Unit
        from casemgr.timelimits.registry import register
        from mediation.timelimits import RULES
        from mediation.volume import VOLUME

        register("mediation", RULES)
        register_order("mediation", VOLUME)
        # People's Mediation Law, art. 8, 34: village, town and other committees; the towns' offices guide them.
        kinds = (Unit.Kind.COMMITTEE, Unit.Kind.STUDIO, Unit.Kind.TOWN, Unit.Kind.STREET)
        receivers.register("mediation", receivers.Receiver(unit_kinds=kinds))
