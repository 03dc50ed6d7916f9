"""People and units come in from the office's lists: tried first, faults named by row, the same list adds nothing."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casemgr.audit.models import AccessLog
from casemgr.notices.mobiles import mobile_of
from casemgr.operation.models import SheetImport
from casemgr.operation.sheets.reading import signed
from casemgr.organisation.models import RoleAssignment, Unit, User
from tests.support.register import person, unit
from tests.support.sheet_files import HEADINGS, content

pytestmark = pytest.mark.django_db
OFFICE, TOWN = "行政复议与应诉办公室", "树林召镇"


def xlsx(*rows, headings=HEADINGS) -> SimpleUploadedFile:
    return SimpleUploadedFile("人员.xlsx", content(*rows, headings=headings))


def csv(*rows, encoding: str = "utf-8", headings=HEADINGS) -> SimpleUploadedFile:
    return SimpleUploadedFile("人员.csv", "\n".join(",".join(row) for row in (headings, *rows)).encode(encoding))


@pytest.fixture
def words() -> dict[str, str]:
    from casemgr.operation.sheets.users import role_words

    return {code: word for word, code in role_words().items() if word != code}


@pytest.fixture
def admin():
    return person("boss", "admin", at="150621")


@pytest.fixture
def keeper(admin) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def good(words):
    return [
        ("李志强", "lizhiqiang", OFFICE, words["officer"], "13800001234"),
        ("陈海龙", "chenhailong", "150621-SFJ-FY", f"{words['head']}、{words['panel']}", ""),
    ]


def tried(keeper: Client, file, name: str = "user_import"):
    return keeper.post(reverse(name), {"file": file})


def load(keeper: Client, answer, name: str = "user_import", key: str = "k1"):
    return keeper.post(reverse(name), {"sheet": answer.context["sheet"], "request_key": key})


@pytest.mark.parametrize("make", [xlsx, csv, lambda *rows: csv(*rows, encoding="gb18030")])
def test_people_get_accounts_roles_and_a_slip_once(keeper: Client, good, make) -> None:
    answer = tried(keeper, make(*good))
    assert [row.status for row in answer.context["planned"]] == ["created", "created"]
    assert User.objects.count() == 1  # nothing yet
    done = load(keeper, answer)
    text = done.content.decode()
    passwords = re.findall(r"<code>(\w{4}-\w{4}-\w{4})</code>", text)
    assert len(passwords) == 2
    assert "no-store" in done["Cache-Control"]
    officer = User.objects.get(username="lizhiqiang")
    assert officer.check_password(passwords[0])
    assert officer.must_change_password
    assert mobile_of(officer) == "13800001234"
    head = User.objects.get(username="chenhailong")
    assert set(head.role_assignments.values_list("role", flat=True)) == {"head", "panel"}
    assert AccessLog.objects.filter(kind="users_imported").count() == 1
    again = load(keeper, answer)
    assert not re.findall(r"<code>", again.content.decode())
    assert User.objects.count() == 3


def test_the_same_list_twice_adds_nothing(keeper: Client, good) -> None:
    load(keeper, tried(keeper, xlsx(*good)))
    before = (User.objects.count(), RoleAssignment.objects.count())
    answer = tried(keeper, xlsx(*good))
    assert [row.status for row in answer.context["planned"]] == ["unchanged", "unchanged"]
    done = load(keeper, answer, key="k2")
    assert done.context["slips"] == []
    assert (User.objects.count(), RoleAssignment.objects.count()) == before
    assert SheetImport.objects.first().unchanged == 2


def test_a_person_with_two_units_has_two_rows_and_one_account(keeper: Client, words) -> None:
    rows = [
        ("白志刚", "baizhigang", "自然资源局", words["department"], ""),
        ("白志刚", "baizhigang", "林业和草原局", words["department"], ""),
    ]
    answer = tried(keeper, xlsx(*rows))
    assert [row.status for row in answer.context["planned"]] == ["created", "updated"]
    load(keeper, answer)
    assert User.objects.get(username="baizhigang").role_assignments.count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", "someone", OFFICE, "officer", ""), "姓名"),
        (("某人", "", OFFICE, "officer", ""), "登录名"),
        (("某人", "13800001234", OFFICE, "officer", ""), "登录名"),
        (("某人", "a b", OFFICE, "officer", ""), "登录名"),
        (("别人", "taken", OFFICE, "officer", ""), "登录名"),
        (("关了", "closed", OFFICE, "officer", ""), "登录名"),
        (("李志强", "boss", OFFICE, "officer", ""), "登录名"),  # nobody gives roles to himself
        (("某人", "someone", "没有的局", "officer", ""), "单位"),
        (("某人", "someone", OFFICE, "皇帝", ""), "角色"),
        (("某人", "someone", TOWN, "officer", ""), "角色"),  # a town has no reconsideration officer
        (("某人", "someone", OFFICE, "mediator", ""), "角色"),
        (("某人", "someone", OFFICE, "officer", "12"), "电话"),
    ],
)
def test_a_faulty_row_is_named_and_the_others_load(keeper: Client, good, row, column: str) -> None:
    person("taken", full_name="主人")
    User.objects.create(username="closed", full_name="关了", is_active=False)
    before = User.objects.count()
    answer = tried(keeper, xlsx(row, good[0]))
    faulty, fine = answer.context["planned"]
    assert (faulty.number, faulty.status, {fault.column for fault in faulty.faults}) == (2, "rejected", {column})
    assert fine.status == "created"
    load(keeper, answer)
    assert User.objects.count() == before + 1


def test_one_log_in_for_two_people_is_a_fault(keeper: Client, words) -> None:
    rows = [("甲某", "wang", OFFICE, words["officer"], ""), ("乙某", "WANG", OFFICE, words["officer"], "")]
    planned = tried(keeper, xlsx(*rows)).context["planned"]
    assert [row.status for row in planned] == ["created", "rejected"]


def test_an_administrator_of_a_part_reads_in_people_of_that_part_only(good, words) -> None:
    client = Client()
    client.force_login(person("part", "admin", at="150621-SFJ"))
    rows = [good[0], ("云霞", "yunxia", TOWN, words["mediator"], "")]
    answer = tried(client, xlsx(*rows))
    assert [row.status for row in answer.context["planned"]] == ["created", "rejected"]
    load(client, answer)
    assert not User.objects.filter(username="yunxia").exists()


def test_a_list_that_was_changed_on_the_way_or_is_another_persons_is_refused(keeper: Client, admin, good) -> None:
    sheet = tried(keeper, xlsx(*good)).context["sheet"]
    foreign = signed("users", "x", [(2, dict(zip(HEADINGS, good[0], strict=True)))], admin.pk + 1)
    for sent in (sheet[:-2] + "zz", "", "x", foreign, signed("units", "x", [], admin.pk)):
        answer = keeper.post(reverse("user_import"), {"sheet": sent})
        assert answer.status_code == 422
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken"),
        SimpleUploadedFile("a.txt", b"x"),
        SimpleUploadedFile("a.csv", "姓名,登录名\n某人,x\n".encode()),
        SimpleUploadedFile("a.csv", b""),
    ],
)
def test_a_file_that_is_no_list_is_one_clear_error(keeper: Client, file) -> None:
    file.seek(0)
    answer = tried(keeper, file)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_more_rows_than_a_list_may_have_are_refused(keeper: Client, words) -> None:
    rows = [("某人", f"user{n}", OFFICE, words["officer"], "") for n in range(301)]
    assert tried(keeper, csv(*rows)).status_code == 422


class TestUnits:
    HEADINGS = ("单位代码", "单位名称", "单位类别", "上级单位代码", "设立日期")

    def test_units_come_in_after_a_trial_and_a_second_time_add_nothing(self, keeper: Client) -> None:
        rows = [
            ("150621100-TW", "树林召镇人民调解委员会", "人民调解委员会", "150621100", "2020-05-01"),
            ("X-9", "某局", "什么局", "", ""),
        ]
        answer = tried(keeper, xlsx(*rows, headings=self.HEADINGS), "unit_import")
        assert answer.context["counts"] == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
        assert answer.context["errors"][0]["row"] == 3
        assert not Unit.objects.filter(code="150621100-TW").exists()
        load(keeper, answer, "unit_import")
        made = unit("150621100-TW")
        assert made.history.get().history_actor_name == "李志强"
        again = tried(keeper, xlsx(*rows, headings=self.HEADINGS), "unit_import")
        assert again.context["counts"]["unchanged"] == 1
        assert not again.context["has_work"]

    def test_administrators_of_a_part_read_in_no_units(self) -> None:
        client = Client()
        client.force_login(person("part", "admin", at="150621-SFJ"))
        assert client.get(reverse("unit_import")).status_code == 403
