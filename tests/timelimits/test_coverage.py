"""On every day since the 2017 text came into force exactly one version of each rule applies, or none by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from casemgr.timelimits import registry
from casemgr.timelimits.citations import cite
from casemgr.timelimits.question import why_no_version
from casemgr.timelimits.rules import BOUND_PARTIES

FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize("law", ["", "2017", "2023"])
def test_each_code_has_one_version_a_day_or_a_named_reason(law: str) -> None:
    for code in registry.codes():
        versions = registry.versions(code)
        previous = None
        for day in EVERY_DAY:
            governing = [version for version in versions if version.in_force_for(law=law, on=day)]
            assert len(governing) <= 1, (code, day, law)
            if governing != previous and not governing:
                assert code in why_no_version(code, day, law)
                assert versions[0].sources, f"{code} is silent on {day} and no text explains it"
            previous = governing


@pytest.mark.parametrize("rule", registry.all_rules(), ids=lambda rule: f"{rule.code}-{rule.version_code}")
def test_each_rule_says_length_or_why_not_article_and_whom_it_binds(rule) -> None:
    assert rule.period is not None or str(rule.not_computed) or rule.period_of is not None
    assert rule.bound_party in BOUND_PARTIES
    for language in ("zh-hans", "en"):
        with override(language):
            assert cite(rule)
            assert str(rule.name)


def test_the_law_of_2023_takes_over_on_new_year_2024() -> None:
    assert registry.rule("R-DEC", date(2023, 12, 31)).law.version == "2017"
    assert registry.rule("R-DEC", date(2024, 1, 1)).law.version == "2023"


def test_the_regulation_of_2026_takes_over_on_the_first_of_july() -> None:
    old, new = registry.rule("R-REDO", date(2026, 6, 30)), registry.rule("R-REDO", date(2026, 7, 1))
    assert old.regulation.code == "implementing-regulation-2007"
    assert new.regulation.code == "implementing-regulation-2026"
    assert registry.rule("R-CONFLICT-AGREE", date(2026, 6, 30))
    with pytest.raises(registry.NotInForce):
        registry.rule("R-CONFLICT-AGREE", date(2026, 7, 1))


def test_suits_before_may_2015_are_not_computed() -> None:
    for code in registry.codes():
        if code.startswith("L-SUE"):
            with pytest.raises(registry.NotInForce):
                registry.rule(code, date(2015, 4, 30))


def test_citations_read_as_the_statute_is_quoted() -> None:
    rule = registry.rule("R-SUE-OVER", date(2026, 1, 5))
    with override("en"):
        assert cite(rule) == (
            "Administrative Reconsideration Law (2023), art. 34; Administrative Litigation Law, art. 45"
        )
    with override("zh-hans"):
        assert cite(rule).endswith("第34条；行政诉讼法第45条")
        assert cite(registry.rule("R-SUSP60", date(2026, 1, 5))).endswith("第41条第5项")
