"""Who is defendant after a reconsideration (Administrative Litigation Law, art. 26; Interpretation 2018)."""

from __future__ import annotations

import pytest

from litigation.codefendants import RULE, Result, defendants_after, is_joint
from litigation.terms import AgencyRole, Deed

BOTH = {Deed.ACTED: AgencyRole.DEFENDANT, Deed.RECONSIDERED: AgencyRole.CO_DEFENDANT}


@pytest.mark.parametrize(
    ("result", "roles"),
    [
        (Result.UPHELD, BOTH),  # also with other facts, evidence or basis: 22(1)
        (Result.CLAIM_REJECTED, BOTH),  # 133
        (Result.ILLEGAL_PROCEDURE, BOTH),  # 22(3) excepts it from a change
        (Result.PARTLY, BOTH),  # 134(2)
        (Result.CHANGED, {Deed.RECONSIDERED: AgencyRole.DEFENDANT}),  # 26(2)
    ],
)
def test_trap_13_and_14_defendants_follow_from_the_result(result, roles):
    assert defendants_after(result).roles == roles
    assert is_joint(result) is (roles is BOTH)
    assert not defendants_after(result).is_open


@pytest.mark.parametrize(
    ("result", "deed"),
    [
        (Result.NOT_ACCEPTED, Deed.RECONSIDERED),  # 133 excepts it, 56(2) lets either be sued over
        (Result.DISMISSED_2026, Deed.ACTED),
        (Result.NO_DECISION, Deed.ACTED),  # 26(3)
    ],
)
def test_where_no_text_decides_it_is_a_proposal_with_its_reason(result, deed):
    found = defendants_after(result)
    assert found.roles == {deed: AgencyRole.DEFENDANT}
    assert found.is_open
    assert found.note


def test_every_result_has_its_rule_and_its_article():
    assert set(RULE) == set(Result)
    assert all(found.basis for found in RULE.values())
