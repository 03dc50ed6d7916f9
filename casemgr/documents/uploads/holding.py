"""Which models keep files that people brought: each is mirrored, checked, scanned and cleared of orphans alike."""

from __future__ import annotations

from casemgr.audit import evidence
from casemgr.documents import orphans
from casemgr.documents.uploads.models import KeptFile

_kept: list[type[KeptFile]] = []


def hold(model: type[KeptFile], folder: str, *described: str) -> None:
    """Make a model known; called from `AppConfig.ready()`. `folder`: its own under MEDIA_ROOT, where `keep_as` puts
    its files. `described`: columns beside the file that are evidence.
    """
    if model in _kept:
        return
    _kept.append(model)
    orphans.own(folder, model._meta.label, "file", "original_file")
    evidence.mirror(model, *model.SEALED, *described)


def kept() -> tuple[type[KeptFile], ...]:
    return tuple(_kept)
