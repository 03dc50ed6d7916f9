import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from casemgr.parties import names

HAN_AND_MORE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x20000, max_codepoint=0x323AF),
        st.characters(min_codepoint=0xF900, max_codepoint=0xFAD9),
        st.sampled_from("·•‧・.． \u3000\u200b\ufeffaB-ᠮᠣᠩᠭᠣᠯ"),
    ),
    max_size=60,
)


@given(HAN_AND_MORE)
def test_storing_twice_changes_nothing(text):
    stored = names.stored_name(text)
    assert names.stored_name(stored) == stored


@given(HAN_AND_MORE)
def test_no_ideograph_is_rewritten(text):
    ideographs = [c for c in text if "CJK" in unicodedata.name(c, "")]
    assert [c for c in names.stored_name(text) if "CJK" in unicodedata.name(c, "")] == ideographs


@given(HAN_AND_MORE)
def test_a_name_is_found_by_every_part_of_its_key(text):
    key = names.name_key(text)
    for start in range(len(key)):
        for length in (1, 2, 3):
            assert set(names.query_grams(key[start : start + length])) <= names.grams(text)


@given(HAN_AND_MORE)
def test_masks_hide_all_but_the_head(text):
    stored, mask = names.stored_name(text), names.list_mask(text)
    assert len(mask) == len(stored)
    assert mask.rstrip("*") == stored[: len(mask.rstrip("*"))] or "*" in stored


def test_compatibility_ideographs_survive():
    assert names.stored_name("\uf9dc\ufa11") == "\uf9dc\ufa11"


def test_names_of_fifty_characters_and_more_are_kept_whole():
    name = "阿" * 30 + "·" + "乌" * 30
    assert names.stored_name(name) == name


def test_blanks_inside_latin_and_mongolian_names_stay():
    assert names.stored_name(" Bat  Erdene ") == "Bat  Erdene"
    assert names.stored_name("ᠪᠠᠲᠤ ᠡᠷᠳᠡᠨᠢ") == "ᠪᠠᠲᠤ ᠡᠷᠳᠡᠨᠢ"
    assert names.stored_name("J. Smith Co.") == "J. Smith Co."


def test_private_use_of_old_files_compares_equal_to_todays_character():
    assert names.name_key("\ue81e") == names.name_key("\u9fb4")
    assert names.stored_name("\ue81e") == "\ue81e"


def test_pinyin_reads_surnames_as_surnames():
    assert names.full_pinyin("曾小贤") == "zengxiaoxian"
    assert names.pinyin_initials("单雄信") == "sxx"
    assert names.full_pinyin("查干巴拉").startswith("cha")
    assert names.full_pinyin("尉迟恭") == "yuchigong"


def test_two_persons_of_one_case_keep_different_public_names():
    assert names.public_masks(["张三", "张四", "欧阳明月"]) == ["张某1", "张某2", "欧阳某"]
