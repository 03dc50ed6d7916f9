import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from casemgr.parties import names
from casemgr.parties.identity import check_number, check_resident, check_uscc, mask_number, mask_phone

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "mediation-and-registry-vectors.json").read_text())
TODAY = date.fromisoformat(VECTORS["today"])


@pytest.mark.parametrize("vector", VECTORS["resident_id"], ids=lambda v: v["input"])
def test_resident_numbers_are_judged_as_the_vectors_say(vector):
    check = check_resident(vector["input"], TODAY)
    detail = check.detail and {**check.detail, "birth": check.detail["birth"].isoformat()}
    assert (check.code, detail) == (vector["code"], vector["detail"])


@pytest.mark.parametrize("vector", VECTORS["uscc"], ids=lambda v: v["input"])
def test_credit_codes_are_judged_as_the_vectors_say(vector):
    check = check_uscc(vector["input"])
    assert (check.code, list(check.warnings)) == (vector["result"], vector.get("warnings", []))


@pytest.mark.parametrize("vector", VECTORS["names"], ids=lambda v: v["input"])
def test_names_are_kept_keyed_and_masked_as_the_vectors_say(vector):
    name = vector["input"]
    assert names.stored_name(name) == vector["stored"]
    assert names.name_key(name) == vector["key"]
    assert names.list_mask(name) == vector["list_mask"]
    assert names.public_mask(name) == vector["public"]


@pytest.mark.parametrize("module", ["identity", "names", "duplicates"])
def test_the_pure_modules_import_without_django(module):
    code = f"import sys, casemgr.parties.{module}; assert not any(m.split('.')[0] == 'django' for m in sys.modules)"
    subprocess.run([sys.executable, "-S", "-c", code], cwd=Path(__file__).parents[2], check=True)


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("RID", "150699850312001", "legacy15"),
        ("RID", "810000198503120010", "kind"),
        ("HMT", "810000198503120010", "ok"),
        ("HMT", "150699850312001", "format"),
        ("FPR", "915840198503120013", "ok"),
        ("FPR", "USA150085031201", "ok"),
        ("HKB", "", "ok"),
        ("RID", "", "missing"),
        ("NONE", "", "ok"),
        ("NONE", "150699198503120017", "unwanted"),
        ("PASS", "E12345678", "ok"),
        ("PASS", "护照", "format"),
        ("RID", "15069918790312001X", "date"),
    ],
)
def test_each_document_has_its_own_rule(kind, number, code):
    assert check_number(kind, number, TODAY).code == code


def test_masks_show_no_more_than_head_and_tail():
    assert mask_number("150699198503120017") == "1506**********0017"
    assert mask_phone("13800000000") == "138****0000"
    assert mask_number("E12345678") == "E*****678"
