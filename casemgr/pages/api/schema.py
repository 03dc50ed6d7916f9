"""JSON Schema of a form; the stand-in until the full one has landed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms


def form_schema(form: forms.BaseForm) -> dict[str, Any]:
    """Names, labels and what is required."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {name: {"title": str(field.label or name)} for name, field in form.fields.items()},
        "required": [name for name, field in form.fields.items() if field.required],
    }


def action_schema(action: Any, subject: Any, actor: Any, today: date) -> dict[str, Any]:
    """What the action's form asks for."""
    return form_schema(action.build_form(subject, None, None, actor, today))
