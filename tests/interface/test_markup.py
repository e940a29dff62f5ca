"""The pieces that pages are drawn from: what is escaped, what is said besides being shown."""

import re

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from guiju.spine.registers import markup

NASTY = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    "drawn",
    [
        markup.state_badge("done", NASTY),
        markup.avatar(NASTY, NASTY),
        markup.seal(NASTY, NASTY, NASTY, NASTY),
        markup.seal_missing(NASTY, NASTY, NASTY),
        markup.row([(NASTY, ""), (markup.title_link(NASTY, NASTY), "")]),
        markup.facts([(NASTY, NASTY)]),
        markup.tags([(NASTY, NASTY), (NASTY, "")]),
        markup.marked([(NASTY, True), (NASTY, False)]),
        markup.section(NASTY, NASTY, NASTY, NASTY),
        markup.menu([("plan", NASTY, [(NASTY, NASTY, NASTY, 1, True)])], "", NASTY),
    ],
)
def test_text_is_escaped(drawn: str) -> None:
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_markup_already_safe_is_kept() -> None:
    assert '<td class=""><b>1</b></td>' in markup.row([(mark_safe("<b>1</b>"), "")])


def test_every_tone_has_its_own_shape() -> None:
    shapes = {re.sub(r"^<svg[^>]*>", "", markup.mark(tone)) for tone in markup.TONES}
    assert len(shapes) == len(markup.TONES)


def test_a_tone_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        markup.mark("green")


def test_shapes_are_hidden_from_screen_readers_and_words_are_not() -> None:
    badge = markup.state_badge("late", "Overdue")
    assert 'aria-hidden="true"' in badge
    assert badge.endswith("Overdue</span>")


def test_nothing_waiting_shows_no_count() -> None:
    assert markup.count(0, True) == ""


def test_a_count_says_whether_it_is_late_in_the_readers_language() -> None:
    with translation.override("en"):
        assert "overdue" in markup.count(2, True)
        assert "waiting" in markup.count(2)
    with translation.override("zh-hans"):
        assert "已逾期" in markup.count(2, True)


@pytest.mark.parametrize(
    ("name", "cut"),
    [("陈玮", "陈玮之印"), ("林晓雯", "林晓雯印"), ("欧阳修远", "欧阳修远"), ("Martin Keller", "MK"), ("Ana", "A")],
)
def test_a_seal_carries_the_name_as_seals_do(name: str, cut: str) -> None:
    assert markup.seal_characters(name) == cut


def test_a_latin_seal_is_set_across_and_a_chinese_one_is_marked_as_chinese() -> None:
    assert "gj-seal--latin" in markup.seal("MK", "Martin Keller", "Audited", "today")
    assert 'lang="zh-CN"' in markup.seal("陈玮之印", "陈玮", "批准", "今天", solid=True)


def test_the_stamp_of_a_seal_is_not_read_aloud_since_its_words_stand_beside_it() -> None:
    drawn = markup.seal("MK", "Martin Keller", "Audited", "25 Nov")
    assert drawn.index('aria-hidden="true"') < drawn.index("<figcaption>")
    assert "Audited<br>25 Nov" in drawn


@pytest.mark.parametrize("content", [None, ""])
def test_a_cell_without_a_value_shows_a_dash(content: object) -> None:
    assert "–" in markup.row([(content, "gj-num")])
    assert "None" not in markup.row([(content, "gj-num")])


def test_zero_is_a_value() -> None:
    assert ">0</td>" in markup.row([(0, "gj-num")])


def test_the_menu_marks_where_one_is() -> None:
    entries = [("7.5", "Documents", "/x/documents/", 0, False), ("8.4", "Suppliers", "/x/suppliers/", 0, False)]
    drawn = markup.menu([("do", "Do", entries)], "/x/documents/")
    assert drawn.count('aria-current="page"') == 1
    assert '<a href="/x/documents/" aria-current="page">' in drawn


def test_an_icon_is_found_by_a_plain_name_only() -> None:
    assert re.search(r'href="[^"]*/vendor/icons[^"]*\.svg#home"', markup.icon("home"))
    with pytest.raises(ValueError, match="not an icon's name"):
        markup.icon('x"><script>')
