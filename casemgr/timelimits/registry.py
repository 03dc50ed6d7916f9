"""All rules of all procedures, by code and version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casemgr.timelimits.rules import Rule

_rules: dict[str, tuple[str, list[Rule]]] = {}


class UnknownRule(KeyError):
    """No rule of that code is registered."""


class NotInForce(LookupError):
    """The code is known, but no version of it governs that day; the message says so to people."""


def register(procedure: str, rules: Iterable[Rule]) -> None:
    """Called from the procedure's AppConfig.ready(); registering again replaces the procedure's rules."""
    for code in [code for code, (owner, _versions) in _rules.items() if owner == procedure]:
        del _rules[code]
    for rule in rules:
        _rules.setdefault(rule.code, (procedure, []))[1].append(rule)


def all_rules() -> list[Rule]:
    return [rule for _owner, versions in _rules.values() for rule in versions]


def codes() -> list[str]:
    return list(_rules)


def versions(code: str) -> list[Rule]:
    """Every version of a code. :raises UnknownRule:"""
    if code not in _rules:
        raise UnknownRule(code)
    return list(_rules[code][1])


def rule(code: str, on: date, law: str | None = None) -> Rule:
    """The one version of `code` that governs `on` (or law version `law`, for what has law versions).

    :raises UnknownRule: no such code. :raises NotInForce: no version governs.
    """
    known = versions(code)
    chosen = [version for version in known if version.in_force_for(law=law or "", on=on)]
    if not chosen:
        raise NotInForce(code)
    if len(chosen) > 1:
        raise LookupError(f"{len(chosen)} versions of {code} govern {on}: the rules overlap")
    return chosen[0]


def owner_of(code: str) -> str:
    """The procedure a code belongs to."""
    return _rules[code][0]
