import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.parties.duplicates import compare
from casemgr.parties.messages import WHY

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "mediation-and-registry-vectors.json").read_text())
ZHANG = {
    "name": "张建国",
    "number": "150699198503120017",
    "birth": "1985-03-12",
    "phone": "13800000001",
    "village": "150621100201",
}


@pytest.mark.parametrize("vector", VECTORS["duplicates"], ids=lambda v: f"{v['level']}: {v['b']['name']}")
def test_levels_are_those_of_the_vectors_either_way_round(vector):
    level, why = compare(vector["a"], vector["b"])
    assert (level, why in WHY) == (vector["level"], True)
    assert compare(vector["b"], vector["a"])[0] == vector["level"]


def test_a_renamed_person_is_shown_not_blocked():
    renamed = ZHANG | {"name": "张建军", "other_names": ("张建国",)}
    assert compare(ZHANG, renamed) == ("LIKELY", "renamed")


def test_the_same_number_with_another_birth_is_a_contradiction():
    assert compare(ZHANG, ZHANG | {"birth": "1985-03-13"}) == ("CONFLICT", "same-number-other-birth")


def test_lower_case_x_is_the_same_number():
    a = {"name": "王秀兰", "number": "15069919920617008X"}
    assert compare(a, a | {"number": "15069919920617008x"})[0] == "SAME"


def test_a_company_without_code_is_listed_under_its_core_name():
    a = {"kind": "organisation", "name": "达拉特旗蓝天商贸有限公司", "number": "91150621FAKE00013E"}
    assert compare(a, {"kind": "organisation", "name": "蓝天商贸有限责任公司"})[0] == "POSSIBLE"
    assert compare(a, a | {"name": "绿地商贸有限公司"})[0] == "CONFLICT"
    assert compare(a, {"kind": "person", "name": "蓝天"})[0] == "NO"


@given(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["张建国", "张建囯", "王秀兰", "阿·乌兰"]),
            "number": st.sampled_from([None, "150699198503120017", "150699850312001", "150699198503120016"]),
            "birth": st.sampled_from([None, "1985-03-12", "1990-05-01"]),
            "phone": st.sampled_from([None, "13800000001"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["张建国", "张建囯", "王秀兰", "阿•乌兰"]),
            "number": st.sampled_from([None, "150699198503120017", "150699197909080022"]),
            "birth": st.sampled_from([None, "1985-03-12"]),
            "phone": st.sampled_from([None, "13800000001"]),
        }
    ),
)
def test_comparison_is_symmetric(a, b):
    assert compare(a, b) == compare(b, a)
