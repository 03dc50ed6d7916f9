"""Tags of deadlines, dates, numbers and fields, as people see them."""

from __future__ import annotations

from datetime import date

import pytest
from babel.messages.pofile import read_po
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from casemgr.operation import messages
from casemgr.pages.articles import article_in_words, basis_in_words, in_figures
from casemgr.pages.dates import long_date, short_date
from casemgr.pages.due import due_tag
from casemgr.pages.forms import DateField, Form, MoneyField
from casemgr.pages.masking import mask
from casemgr.pages.requests import action_input

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def render(text: str, **context) -> str:
    return Template("{% load casemgr_tags %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("due_on", "status", "shape", "words", "css"),
    [
        (date(2026, 11, 19), "", "▲", "逾期 6 日", "late"),
        (TODAY, "", "●", "今日到期", "soon"),
        (date(2026, 11, 28), "", "◆", "剩 3 日", "soon"),
        (date(2026, 12, 2), "", "◆", "剩 7 日", "soon"),
        (date(2026, 12, 25), "", "○", "剩 30 日", "ok"),
        (date(2026, 11, 1), "met", "✓", "已完成", "off"),
        (None, "", "–", "无日期", "off"),
    ],
)
def test_a_deadline_is_words_and_shape_and_colour(due_on, status, shape, words, css) -> None:
    tag = due_tag(due_on, TODAY, status)
    assert (tag.shape, tag.words, tag.css) == (shape, words, css)


def test_a_deadline_shows_date_and_weekday_and_that_it_is_estimated() -> None:
    text = render("{% due_tag due_on today '' 'estimated' %}", due_on=date(2027, 1, 4), today=TODAY)
    assert "2027年1月4日 周一" in text
    assert "暂估" in text
    assert 'datetime="2027-01-04"' in text
    assert "暂估" not in render("{% due_tag due_on today '' 'published' %}", due_on=TODAY, today=TODAY)


def test_dates_carry_their_weekday_in_both_languages() -> None:
    assert long_date(TODAY) == "2026年11月25日 周三"
    assert short_date(date(2026, 12, 3), TODAY) == "12月3日 周四"
    with translation.override("en"):
        assert long_date(TODAY) == "25 November 2026 Wed"


@pytest.mark.parametrize(
    "text", ["2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日", " 2026年11月23日 ", "2026 年 11 月 23 日"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_dates_are_read_as_an_office_writes_them(text: str, language: str) -> None:
    with translation.override(language):
        assert DateField().clean(text) == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["2026-02-30", "11/23/2026", "明天", "2026-13-01", "0026-11-23", "20226-11-23"])
def test_impossible_dates_are_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        DateField().clean(text)


@pytest.mark.parametrize("text", ["12000.50", "12,000.50", "\uffe512,000.50", "12\uff0c000.50元"])
def test_money_is_read_with_separators(text: str) -> None:
    assert str(MoneyField().clean(text)) == "12000.50"


@pytest.mark.parametrize("text", ["-1", "1.234", "一万", "NaN", "Infinity"])
def test_impossible_amounts_are_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(text)


def test_numbers_are_masked() -> None:
    assert mask("150621199001010019") == "1506**********0019"
    assert mask("13800001234") == "138****1234"
    assert mask("12") == "**"
    assert render("{{ n|masked }}", n=None) == ""


class SampleForm(Form):
    received_on = DateField(label="收到日期", help_text="以签收为准")
    way = forms.ChoiceField(label="申请方式", choices=[("", "请选择"), ("post", "邮寄")])
    sworn = forms.BooleanField(label="已核对")
    means = forms.MultipleChoiceField(
        label="证据", choices=[("a", "书证"), ("b", "物证")], widget=forms.CheckboxSelectMultiple
    )


def test_an_error_names_its_field_and_is_tied_to_it() -> None:
    form = SampleForm({"received_on": "2026-02-30"})
    text = render("{% form_errors form %}{% fields form %}", form=form)
    assert '<a href="#id_received_on">收到日期：日期不存在' in text
    assert "请选择“申请方式”" in text
    assert "请勾选“已核对”" in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_received_on_helptext id_received_on_error"' in text
    assert 'id="id_received_on_error"' in text
    assert 'value="2026-02-30"' in text, "nothing typed is lost"
    assert "<legend>证据" in text
    assert "error-summary" not in render("{% form_errors form %}", form=SampleForm())


def test_a_form_sends_data_key_and_version_apart() -> None:
    text = render("{% request_key version %}", version=7)
    assert 'name="request_key"' in text
    request = RequestFactory().post(
        "/", {"csrfmiddlewaretoken": "x", "request_key": "k", "seen_version": "7", "means": ["a", "b"], "note": "n"}
    )
    sent = action_input(request)
    assert (sent.data, sent.key, sent.version) == ({"means": ["a", "b"], "note": "n"}, "k", 7)


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("17", "《人民调解法》第17条"),
        ("30(1)(7)", "《人民调解法》第30条第1款第7项"),
        ("41⑤", "《人民调解法》第41条第5项"),
        ("39(1)⑥", "《人民调解法》第39条第1款第6项"),
        ("17、23", "《人民调解法》第17条、第23条"),
        ("29, 30(1)(7)", "《人民调解法》第29条、第30条第1款第7项"),
        ("医疗纠纷预防和处理条例31", "医疗纠纷预防和处理条例31"),
        ("", ""),
    ],
)
def test_only_a_bare_article_is_one_of_the_procedures_own_statute(reference, shown) -> None:
    assert basis_in_words(reference, "《人民调解法》") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("《行诉解释》第一百五十三条", "《行诉解释》第153条"),
        ("第一百零二条、第一百一十条和第二百条", "第102条、第110条和第200条"),
        ("第三十条第一款第七项", "第30条第1款第7项"),
        ("第十条第一款第六、十二项", "第10条第1款第6、12项"),
        ("第三人和第九十分钟", "第三人和第九十分钟"),
    ],
)
def test_articles_that_are_spelled_out_read_in_figures_on_screens(written: str, shown: str) -> None:
    assert in_figures(written) == shown
    assert article_in_words(written) == shown


def test_no_sentence_of_the_screens_spells_articles_out() -> None:
    """But for what says how the clauses of a paper are typed."""
    catalogue = read_po(messages.catalogue_path(settings.BASE_DIR).open("rb"))
    spelled = [
        str(entry.string) for entry in catalogue if entry.id and in_figures(str(entry.string)) != str(entry.string)
    ]
    assert spelled == [text for text in spelled if "第五条第二款" in text]


def test_a_bare_article_reads_in_english_too() -> None:
    with translation.override("en"):
        shown = [basis_in_words(reference, "the Law") for reference in ("41⑤", "17、23", "39(1)⑥")]
    assert shown == ["the Law, art. 41(5)", "the Law, art. 17, 23", "the Law, art. 39(1)(6)"]
