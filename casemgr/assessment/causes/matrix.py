"""Findings as tables: agencies by flaws, articles by flaws; each number counts cases, each case once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from casemgr.assessment.causes.definition import Finding
from casemgr.assessment.causes.flaws import UNRECORDED

Keys = Callable[[Finding, str], Iterable[tuple[str, str]]]
"""`(finding, flaw)` → key and label of the lines in which it stands."""


@dataclass(frozen=True)
class Line:
    """`cells` follow the flaws of the matrix; `total` counts each case once, so it may be less than their sum."""

    key: str
    label: str
    cells: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Matrix:
    flaws: tuple[tuple[str, str], ...]
    """Code and name; the unrecorded ones last."""
    lines: tuple[Line, ...]
    foot: Line


def by_agency(found: Sequence[Finding], names: Mapping[str, str]) -> Matrix:
    return _matrix(found, names, lambda one, flaw: [(one.agency.key, one.agency.name)])


def by_article(found: Sequence[Finding], names: Mapping[str, str]) -> Matrix:
    """By article as cited; a finding without one has the empty key."""
    return _matrix(found, names, lambda one, flaw: [(article, article) for article in articles_of(one, flaw)])


def flaws_of(one: Finding) -> frozenset[str]:
    """The codes under which it is counted."""
    return one.flaws or frozenset({UNRECORDED})


def articles_of(one: Finding, flaw: str) -> frozenset[str]:
    """The articles cited for one of its flaws."""
    return frozenset(cause.article for cause in one.causes if cause.flaw == flaw) or frozenset({""})


def _matrix(found: Sequence[Finding], names: Mapping[str, str], keys: Keys) -> Matrix:
    cases: dict[tuple[str, str], set[int]] = defaultdict(set)
    labels: dict[str, str] = {}
    for one in found:
        for flaw in flaws_of(one):
            for key, label in keys(one, flaw):
                labels[key] = label
                cases[key, flaw].add(one.case_id)
    used = {flaw for _key, flaw in cases}
    columns = [code for code in names if code in used] + sorted(used - set(names) - {UNRECORDED})
    columns += [UNRECORDED] if UNRECORDED in used else []
    lines = [_line(key, label, columns, cases) for key, label in labels.items()]
    lines.sort(key=lambda line: (-line.total, line.label))
    whole: dict[tuple[str, str], set[int]] = defaultdict(set)
    for (_key, flaw), ids in cases.items():
        whole["", flaw] |= ids
    return Matrix(tuple((code, names.get(code, code)) for code in columns), tuple(lines), _line("", "", columns, whole))


def _line(key: str, label: str, columns: Sequence[str], cases: Mapping[tuple[str, str], set[int]]) -> Line:
    sets = [cases.get((key, flaw), set()) for flaw in columns]
    return Line(key, label, tuple(len(ids) for ids in sets), len(set().union(*sets)))


def narrowed(
    found: Iterable[Finding], agency: str | None = None, flaw: str | None = None, article: str | None = None
) -> list[Finding]:
    """Exactly what one number of a matrix counts; None leaves that side open."""
    chosen = []
    for one in found:
        flaws = flaws_of(one) if flaw is None else flaws_of(one) & {flaw}
        if (agency is not None and one.agency.key != agency) or not flaws:
            continue
        if article is None or any(article in articles_of(one, code) for code in flaws):
            chosen.append(one)
    return chosen


__all__ = ["Line", "Matrix", "articles_of", "by_agency", "by_article", "flaws_of", "narrowed"]
