"""What must hold before a paper is read outside the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.documents.redaction.finding import Kind
from reconsideration.models import Publication
from reconsideration.openness.publications.sheet import Sheet, in_effect_since
from reconsideration.openness.states import LIVING

ARTICLE = gettext_lazy("Reconsideration Law, art. 79(1)")
PERSONAL = gettext_lazy("Personal Information Protection Law, art. 25, 34")
Data = Mapping[str, Any] | None


def _is_in_effect(subject: None, data: Data, today: date) -> bool:
    document = (data or {})["document"]
    since = in_effect_since(document)
    return document.unserved_count == 0 and since is not None and since <= today


in_effect = Guard(
    "not-in-effect",
    ARTICLE,
    gettext_lazy("The paper has not been served on everybody: only what is in effect is published."),
    _is_in_effect,
    needs_data=True,
)
act_is_open = Guard(
    "act-not-open",
    ARTICLE,
    gettext_lazy("The act itself is not open to the public: record that the paper is not published."),
    lambda subject, data, today: (data or {})["act_is_open"] == "yes",
    field="act_is_open",
    needs_data=True,
)
not_twice = Guard(
    "already-decided",
    ARTICLE,
    gettext_lazy("It was already decided whether this paper is published. Open that entry."),
    lambda subject, data, today: (
        not Publication.objects.filter(document=(data or {})["document"], state__in=LIVING).exists()
    ),
    needs_data=True,
)
all_judged = Guard(
    "not-judged",
    PERSONAL,
    gettext_lazy("Some proposals are neither confirmed nor refused. Judge each of them."),
    lambda subject, data, today: not subject.redactions.filter(verdict="").exists(),
)


def _left(subject: Publication, data: Data, today: date) -> str:
    """Kinds only: a refusal is shown and logged, and repeats no name."""
    kinds = {one.kind for one in Sheet(subject).left()}
    return _("Still to be read: %(kinds)s.") % {"kinds": _(", ").join(str(Kind(kind).label) for kind in sorted(kinds))}


nothing_left = Guard(
    "persons-named",
    PERSONAL,
    gettext_lazy("A name or number of somebody in the case would still be read. Redact it."),
    lambda subject, data, today: not Sheet(subject).left(),
    detail=_left,
    needs_data=True,
)

__all__ = ["act_is_open", "all_judged", "in_effect", "not_twice", "nothing_left"]
