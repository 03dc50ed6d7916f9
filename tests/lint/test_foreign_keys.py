"""import-linter does not see a foreign key written as a string: no model may point to a package above its own."""

from __future__ import annotations

import tomllib

from django.apps import apps
from django.conf import settings

PROCEDURES = {"mediation", "reconsideration", "litigation"}


def rows() -> dict[str, int]:
    """Height of each package of the ground, from pyproject's layers; procedures stand on top."""
    contracts = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["casemgr"])
    heights = {name.strip(" ()"): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}
    return heights | dict.fromkeys(PROCEDURES, len(layers))


def test_no_foreign_key_points_upstairs() -> None:
    height = rows()
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        here = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if here not in height or not field.concrete or target is None or isinstance(target, str):
                continue
            there = target._meta.app_label
            if there in height and there != here and height[there] >= height[here]:
                wrong.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert not wrong
