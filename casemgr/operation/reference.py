"""Brings in what every installation has on its first day: units, calendar, number series, standing wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import transaction


def loaders() -> Iterator[tuple[str, Callable[[], object]]]:
    """`load_reference` of each of our packages, in the order of INSTALLED_APPS: lower rows first, procedures last.

    A package offers it in its module `reference`, or as `load_reference` on its AppConfig.
    """
    own = {*settings.GROUND_APPS, *settings.PROCEDURE_APPS}
    for config in apps.get_app_configs():
        if config.name in own and config.name != __package__ and (loader := _loader(config)):
            yield config.label, loader


def _loader(config: AppConfig) -> Callable[[], object] | None:
    if on_config := getattr(config, "load_reference", None):
        return on_config
    if find_spec(f"{config.name}.reference") is None:
        return None
    return getattr(import_module(f"{config.name}.reference"), "load_reference", None)


def load_all() -> list[str]:
    """Run every loader; each is idempotent and all or nothing. Returns the labels of the packages that have one."""
    done = []
    for label, loader in loaders():
        with transaction.atomic():
            loader()
        done.append(label)
    return done
