"""What the rows above add to the page of a referral, registered in their AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from casemgr.cases.models import Referral

PanelContext = Callable[[Referral, Any, date], dict[str, Any]]
"""`(referral, user, today)` → the variables of the section's template, in a fixed number of queries."""
_panels: dict[str, PanelContext] = {}


def register_panel(template: str, context: PanelContext) -> None:
    """Add a section to every referral's page (registering a template again replaces it)."""
    _panels[template] = context


def panels_of(referral: Referral, user: Any, today: date) -> list[tuple[str, dict[str, Any]]]:
    return [(template, context(referral, user, today)) for template, context in _panels.items()]
