"""The office's own list of units comes in from .csv."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from casemgr.organisation.models import Unit

HEADINGS = "单位代码,单位名称,单位类别,上级单位代码,设立日期,撤销日期,承继单位代码\n"
pytestmark = pytest.mark.django_db


def load(tmp_path, text: str, *options: str, encoding: str = "utf-8") -> dict:
    path = tmp_path / "units.csv"
    path.write_bytes((HEADINGS + text).encode(encoding))
    out = io.StringIO()
    call_command("import_units", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_new_units_come_in_and_a_second_time_add_nothing(tmp_path, encoding) -> None:
    text = "150621100-TW-1,草原书记调解室,个人调解工作室,150621100-TW,2026-03-01,,\n"
    text += "150621100-TW,树林召镇人民调解委员会,人民调解委员会,150621100,2020年5月1日,,\n"
    result = load(tmp_path, text, encoding=encoding)
    assert (result["rows"], result["created"], result["rejected"]) == (2, 2, 0)
    studio = Unit.objects.get(code="150621100-TW-1")
    assert studio.path.endswith("150621100/150621100-TW/150621100-TW-1/")
    assert studio.history.get().history_action == "organisation.import_units"
    again = load(tmp_path, text, encoding=encoding)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)


def test_a_reform_by_list_ends_units_and_names_their_successor(tmp_path) -> None:
    result = load(tmp_path, "150621-NYJ,达拉特旗能源局,政府部门,150621-ZF,,2026/12/31,150621-FGW\n")
    assert result["updated"] == 1
    assert Unit.objects.get(code="150621-NYJ").current().code == "150621-FGW"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",无代码,政府部门,,,,", "单位代码"),
        ("X-1,某局,什么局,,,,", "单位类别"),
        ("X-1,某局,政府部门,150621-XXX,,,", "上级单位代码"),
        ("X-1,某局,政府部门,,2026-02-30,,", "设立日期"),
        ("X-1,某局,政府部门,,2026-02-03,2026-01-01,", "撤销日期"),
        ("150621-ZF,达拉特旗人民政府,旗政府,150621-SFJ,,,", "上级单位代码"),
        ("150621-ZF,达拉特旗人民政府,旗政府,,,,150621-ZF", "承继单位代码"),
    ],
)
def test_a_faulty_row_is_named_and_the_others_load(tmp_path, row, column) -> None:
    result = load(tmp_path, f"{row}\nX-2,某中心,事业单位,150621-ZF,,,\n")
    assert (result["created"], result["rejected"]) == (1, 1)
    assert result["errors"][0]["row"] == 2
    assert result["errors"][0]["column"] == column


def test_units_that_lie_below_each_other_are_refused(tmp_path) -> None:
    result = load(tmp_path, "X-1,甲,政府部门,X-2,,,\nX-2,乙,政府部门,X-1,,,\n")
    assert (result["created"], result["rejected"]) == (0, 2)


def test_a_dry_run_changes_nothing(tmp_path) -> None:
    assert load(tmp_path, "X-2,某中心,事业单位,150621-ZF,,,\n", "--dry-run")["created"] == 1
    assert not Unit.objects.filter(code="X-2").exists()


def test_a_file_without_the_headings_is_refused_in_one_line(tmp_path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="单位代码"):
        call_command("import_units", str(path))
