"""Reference data: every package's, in the architecture's order, as often as one likes."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from casemgr.operation.reference import loaders

pytestmark = pytest.mark.django_db


def test_lower_rows_load_before_upper_ones_and_procedures_last() -> None:
    labels_of = {config.name: config.label for config in apps.get_app_configs()}
    order = [labels_of[app] for app in (*settings.GROUND_APPS, *settings.PROCEDURE_APPS)]
    labels = [label for label, _ in loaders()]
    assert labels == sorted(labels, key=order.index)


def test_loading_twice_changes_nothing() -> None:
    def rows() -> dict[str, int]:
        return {model._meta.label: model._base_manager.count() for model in apps.get_models()}

    call_command("load_reference", stdout=StringIO())
    before = rows()
    output = StringIO()
    call_command("load_reference", "--json", stdout=output)
    assert rows() == before
    assert json.loads(output.getvalue())["loaded"] == [label for label, _ in loaders()]
