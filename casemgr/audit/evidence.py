"""What counts as evidence: tables whose rows are sealed, and checks that living rows still say what history says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from casemgr.audit.history import HistoryRow


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was sealed. `table` and `row` say where; `what` is a stable word for programs."""

    what: str
    table: str = ""
    row: int | None = None
    seal: int | None = None
    detail: str = ""


Check = Callable[[], Iterator[Finding]]
_tables: dict[str, type[models.Model]] = {}
_mirrors: dict[str, tuple[str, ...]] = {}
_checks: dict[str, Check] = {}


def seal_table(model: type[models.Model]) -> None:
    """Seal the rows of an append-only table too; called from `AppConfig.ready()` of its owner."""
    _tables[model._meta.label_lower] = model


def mirror(model: type[models.Model], *fields: str) -> None:
    """Compare these columns of every living row with its last history row when evidence is verified."""
    _mirrors[model._meta.label_lower] = fields


def register_check(name: str, check: Check) -> None:
    """Add a check of what lies outside tables, such as files."""
    _checks[name] = check


def tables() -> dict[str, type[models.Model]]:
    """Every sealed table by label: all history tables and those that were named, in a fixed order."""
    found = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, HistoryRow)}
    return dict(sorted({**found, **_tables}.items()))


def mirrors() -> dict[type[models.Model], tuple[str, ...]]:
    return {apps.get_model(label): fields for label, fields in _mirrors.items()}


def checks() -> dict[str, Check]:
    return dict(_checks)
