"""Components of case pages: `{% load case_tags %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString

from casemgr.actions import registry
from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.party_rows import PartyCases
from casemgr.cases.party_rows import party_cases as cases_of_party
from casemgr.cases.procedure import procedures
from casemgr.pages.articles import article_in_words, basis_in_words
from casemgr.pages.clock import today as clock_today

register = template.Library()


@register.filter
def basis(reference: str, statute: str) -> str:
    """30(3) → the statute's 第30条第3款; a citation of another text stands without it."""
    return basis_in_words(str(reference or ""), str(statute or ""))


@register.filter
def article(reference: str) -> str:
    """30(3) → 第30条第3款; what is no bare reference stays, with its figures."""
    return article_in_words(str(reference or ""))


@register.filter
def action_label(name: str) -> str:
    """What an action is called; the bare name when it is gone."""
    return str(registry.get(name).label) if name in registry.every() else name


@register.filter
def rule_label(code: str, law: str = "") -> str:
    """`{{ deadline.rule|rule_label:deadline.law }}`: the name of a statutory period."""
    return str(rule_name(code, law))


@register.simple_tag(takes_context=True)
def section(context: Context, name: str, variables: dict[str, Any]) -> SafeString:
    """`{% section template variables %}`: include a template with the variables of its panel."""
    with context.push(**variables):
        return get_template(name).template.render(context)


@register.simple_tag(takes_context=True)
def party_cases(context: Context, party) -> PartyCases:
    """`{% party_cases party as cases %}`: the cases of a party the reader may see."""
    return cases_of_party(party, context["request"].user, clock_today())


@register.simple_tag(takes_context=True)
def register_links(context: Context) -> list[dict[str, Any]]:
    """Where the reader can register a new case, by procedure (its `extra["register_url"]`)."""
    user, today = context["request"].user, clock_today()
    links = []
    for procedure in procedures():
        url_name = procedure.extra.get("register_url")
        if url_name and registry.get(procedure.register_action).is_permitted(None, user, today):
            links.append({"url": reverse(url_name), "label": registry.get(procedure.register_action).label})
    return links
