"""Text in drawings: broken where people break it, shortened where it does not fit."""

from guiju.lib.drawn_text import lines, shortened, width


def test_a_chinese_character_is_as_wide_as_the_type_is_high():
    assert width("检验与放行", 10) == 50
    assert width("", 10) == 0


def test_words_stay_whole_and_chinese_breaks_anywhere():
    assert lines("Inspection and release", 10, 80, 3) == ("Inspection and", "release")
    assert lines("检验与放行过程", 10, 41, 3) == ("检验与放", "行过程")


def test_punctuation_does_not_begin_a_line():
    assert lines("检验与放，行过", 10, 41, 3)[1][0] != "，"


def test_what_does_not_fit_ends_with_an_ellipsis():
    said = lines("One two three four five six seven", 10, 50, 2)
    assert len(said) == 2 and said[1].endswith("…")
    assert shortened("Inspection and release", 10, 60).endswith("…")
    assert shortened("short", 10, 60) == "short"


def test_a_word_longer_than_a_line_is_cut_and_nothing_is_lost():
    assert "".join(lines("A" * 40, 10, 50, 20)) == "A" * 40
