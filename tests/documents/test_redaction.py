"""What is proposed for redaction, by hand-made sentences; pure, no database."""

from __future__ import annotations

import pytest

from casemgr.documents.redaction.cutting import Cut, cut_out
from casemgr.documents.redaction.finding import Known, occurrences, propose, still_there
from casemgr.documents.redaction.persons import below_banner

PERSON = [Known("name", "张三丰", "张某")]


def found(text: str, **options) -> dict[str, str]:
    return {one.words: one.kind for one in propose([text], PERSON, **options)}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("申请人张三丰", "张三丰", "name"),
        ("申请人张 三丰", "张 三丰", "name"),
        ("男，1980年3月5日出生，汉族", "1980年3月5日", "birth"),
        ("住内蒙古自治区达拉特旗树林召镇东园村3社12号。", "树林召镇东园村3社12号", "address"),
        ("7月16日对白泥井镇侯家营子村违法建筑", "白泥井镇侯家营子村", "address"),
        ("公民身份号码150621199003070021", "150621199003070021", "number"),
        ("公民身份号码1506**********0017", "1506**********0017", "number"),
        ("手机138 0000 1234", "138 0000 1234", "phone"),
        ("电话0477-5210000", "0477-5210000", "phone"),
        ("账号6222 0200 1234 5678 901", "6222 0200 1234 5678 901", "account"),
        ("车牌蒙K·12345", "蒙K·12345", "plate"),
        ("邮箱zhang.san@example.cn。", "zhang.san@example.cn", "email"),
    ],
)
def test_personal_details_are_proposed(text: str, words: str, kind: str) -> None:
    assert found(text).get(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "达公罚字〔2026〕12号",
        "2026年7月16日作出处罚决定",
        "罚款12000元",
        "《中华人民共和国行政复议法》第六十四条第一款第一项",
        "住房城乡建设局五一路派出所",
        "达拉特旗王爱召镇人民政府",
    ],
)
def test_what_is_no_personal_detail_is_not(text: str) -> None:
    assert found(text) == {}


def test_schools_only_where_a_minor_takes_part_and_agencies_keep_their_address() -> None:
    assert "王爱召镇小学" not in found("就读王爱召镇小学三年级")
    assert "school" in found("就读于王爱召镇小学三年级", with_schools=True).values()
    address = "达拉特旗树林召镇西园路8号"
    assert found(f"住所地{address}", exempt=[address]) == {}


def test_the_longest_words_are_cut_first_and_nothing_known_is_left() -> None:
    known = [*PERSON, Known("name", "三丰", "某")]
    texts = ["张三丰、三丰商店"]
    cuts = [Cut(one.places, one.replacement) for one in propose(texts, known)]
    read = [cut_out(texts[0], 0, cuts)]
    assert read == ["张某、某商店"]
    assert still_there(read, known) == []
    assert still_there(["张 三丰"], known) != []
    assert occurrences(["甲乙甲乙"], "甲乙") == [(0, 0, 2), (0, 2, 4)]


@pytest.mark.parametrize(
    ("address", "kept_back"),
    [
        ("内蒙古自治区鄂尔多斯市达拉特旗树林召镇东园村3社", "树林召镇东园村3社"),
        ("达拉特旗树林召镇锡尼街12号", "树林召镇锡尼街12号"),
        ("树林召镇东园村3社12号", "树林召镇东园村3社12号"),
        ("白泥井镇小区3号楼", "白泥井镇小区3号楼"),
        ("", ""),
    ],
)
def test_the_public_is_told_of_an_address_up_to_the_banner(address: str, kept_back: str) -> None:
    assert below_banner(address) == kept_back
