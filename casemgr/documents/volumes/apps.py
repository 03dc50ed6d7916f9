from django.apps import AppConfig

PANEL_ORDER = 65
"""On the case page behind the papers."""


class VolumesConfig(AppConfig):
    name = "casemgr.documents.volumes"
    label = "volumes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import outbox, registry
        from casemgr.audit import kinds
        from casemgr.cases.panels import register_panel, register_steps
        from casemgr.documents import orphans
        from casemgr.documents.volumes import (
            evidence,
            jobs,  # noqa: F401 - registers the work
            notices,
            storage,
        )
        from casemgr.documents.volumes.actions import ACTIONS
        from casemgr.documents.volumes.panels import TEMPLATE, panel_context, volume_steps

        evidence.register()
        registry.register(*ACTIONS)
        outbox.declare(*notices.NOTICES)
        orphans.own(storage.VOLUMES, "volumes.Volume", "file")
        orphans.own(storage.ITEMS, "volumes.VolumeItem", "file")
        orphans.own(storage.COPIES, "volumes.Inspection", "file")
        orphans.own(storage.BUNDLES, "volumes.Bundle", "file")
        register_panel(PANEL_ORDER, TEMPLATE, panel_context)
        register_steps(volume_steps)
        kinds.register(
            volume_read=_("Volume read"),
            bundle_made=_("Checkable bundle made"),
            bundle_taken=_("Checkable bundle downloaded"),
            inspection_copy_opened=_("Copy for an inspection opened"),
        )
