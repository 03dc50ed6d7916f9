"""How the timeline tells who speaks for whom. Reads only what the event keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext

if TYPE_CHECKING:
    from casemgr.cases.models import Event

Text = str | Promise


def _words(event: Event, *names: str) -> dict[str, str]:
    return {name: event.data.get(name, "") for name in names}


def agent_appointed(event: Event) -> Text:
    text = gettext("Agent of %(for)s, special authority: %(name)s")
    if event.data.get("power") != "special":
        text = gettext("Agent of %(for)s, general authority: %(name)s")
    return text % _words(event, "name", "for")


def statutory_agent(event: Event) -> Text:
    return gettext("Statutory agent of %(for)s: %(name)s") % _words(event, "name", "for")


def agent_ended(event: Event) -> Text:
    return gettext("No longer agent of %(for)s: %(name)s") % _words(event, "name", "for")


def members_entered(event: Event) -> Text:
    text = gettext("%(added)s participants entered from a sheet, %(known)s were in the case already")
    return text % _words(event, "added", "known")


def elected(event: Event) -> Text:
    return gettext("%(count)s participants elected as representatives: %(names)s") % _words(event, "count", "names")


def consented(event: Event) -> Text:
    text = gettext("%(count)s members agreed to: %(matter)s")
    if event.kind == "consent_revoked":
        text = gettext("%(count)s members take back their consent to: %(matter)s")
    return text % _words(event, "count", "matter")


def split(event: Event) -> Text:
    text = gettext("Party record no. %(from)s held two people; the participant is record no. %(to)s")
    if event.data.get("undone"):
        text = gettext("The split of the party record was undone; the participant is record no. %(to)s again")
    return text % _words(event, "from", "to")
