import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casemgr.parties.duplicates import Particulars
from casemgr.parties.models import Party, PartyName
from casemgr.parties.registry import PartyData, find_or_create
from casemgr.parties.search import find, is_number_like, similar_to

pytestmark = pytest.mark.django_db
NAMES = [
    "张建国",
    "张建囯",
    "王秀兰",
    "阿拉坦·乌拉",
    "欧阳明月",
    "䶮宇",
    "𬭚建国",
    "Bat-Erdene",
    "曾小贤",
    "昭君蒙古族餐馆",
]


@pytest.fixture
def people(officer, today):
    return {name: Party.objects.create(kind="person", name=name, registered_by=None) for name in NAMES}


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("张建国", ["张建国"]),
        ("建国", ["𬭚建国", "张建国"]),
        ("𬭚", ["𬭚建国"]),
        ("䶮", ["䶮宇"]),
        ("坦乌", ["阿拉坦·乌拉"]),
        ("阿拉坦•乌拉", ["阿拉坦·乌拉"]),
        ("君蒙古族餐", ["昭君蒙古族餐馆"]),
        ("zjg", ["张建国", "张建囯"]),
        ("zhangjian", ["张建国", "张建囯"]),
        ("zengxiao", ["曾小贤"]),
        ("BAT-ERD", ["Bat-Erdene"]),
        ("erdene", ["Bat-Erdene"]),
        ("张国", []),
        ("", []),
        ("%", []),
        ("  ", []),
    ],
)
def test_names_are_found_by_part_and_pinyin(people, q, found):
    assert [party.name for party in find(q) if party.name in NAMES] == found


def test_the_whole_name_comes_first(people):
    longer = [Party.objects.create(kind="person", name=f"王秀兰{c}") for c in "甲乙丙"]
    assert find("王秀兰", limit=2)[0].name == "王秀兰"
    assert len(find("王秀兰")) == len(longer) + 1


def test_a_number_or_phone_finds_its_holder_and_nobody_else(zhang, people):
    assert find("150699198503120017") == [zhang]
    assert find("１５０６９９ 1985 0312 0017") == [zhang]
    assert find("138-0000-0001") == [zhang]
    assert find("15069919850312001") == []
    assert find("150699850312001") == [zhang], "the old number of the same person"


def test_former_names_and_aliases_are_found(zhang):
    PartyName.objects.create(party=zhang, kind="alias", name="老骆驼")
    assert find("骆驼") == [zhang]
    PartyName.objects.create(party=zhang, kind="former", name="张骆驼峰")
    assert find("骆驼峰") == [zhang]


def test_a_corrected_name_is_no_longer_found_under_the_slip(zhang):
    zhang.name = "章建国"
    zhang.save()
    assert find("张建") == []
    assert find("章建") == [zhang]


def test_numbers_are_told_from_names():
    assert (
        is_number_like("150699198503120017")
        and is_number_like("138 0000 0001")
        and is_number_like("91150621FAKE00013E")
    )
    assert not any(map(is_number_like, ["张建国", "zjg", "Bat-Erdene", "第3小学", "2026"]))


@pytest.mark.parametrize("q", ["张", "建国", "欧阳明", "zjg", "150699198503120017", "13800000001", "z"])
def test_a_search_takes_a_fixed_number_of_queries_and_never_counts(people, q):
    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            find(q)
        return [query["sql"] for query in captured]

    before = queries()
    for _ in range(60):
        Party.objects.create(kind="person", name="张建国")
    after = queries()
    assert len(after) <= 6 and abs(len(after) - len(before)) <= 2
    assert not any("COUNT(" in sql.upper() for sql in after)
    assert len(find(q)) <= 25


def test_similar_parties_come_with_level_and_reason(zhang, officer, today):
    def levels(**known) -> list[tuple[str, str]]:
        return [(match.level, match.why) for match in similar_to(Particulars(**known))]

    assert levels(name="张建国", number="１５０６９９198503120017") == [("SAME", "same-number")]
    assert levels(name="张建国", number="150699850312001") == [("SAME?", "old-number")]
    assert levels(name="张建国", number="150699198503120016") == [("SAME?", "one-digit")]
    assert levels(name="王秀兰", number="150699198503120017") == [("CONFLICT", "same-number-other-name")]
    assert levels(name="张建国", birth="1985-03-12", phone="13800000001") == [("LIKELY", "name-birth-phone")]
    assert levels(name="张建国", birth="1985-03-12", village="东园村") == [("LIKELY", "name-birth-village")]
    assert levels(name="张建国", phone="13800000001") == [("POSSIBLE", "name-phone")]
    assert levels(name="张建囯", birth="1985-03-12") == [("POSSIBLE", "sound-birth")]
    assert levels(name="张建国") == []
    assert levels(name="王秀兰", phone="13800000001") == []


def test_a_company_is_similar_by_core_name(officer, today):
    data = PartyData(
        kind="organisation",
        name="达拉特旗蓝天商贸有限公司",
        identity_kind="USCC",
        identity_number="91150621FAKE00013E",
    )
    company = find_or_create(data, officer, today)
    found = similar_to(Particulars(kind="organisation", name="蓝天商贸有限责任公司"))
    assert [(match.party, match.level) for match in found] == [(company, "POSSIBLE")]
