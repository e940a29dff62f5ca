"""What changed is named by paragraph, and within one by word and by Chinese character."""

from hypothesis import given
from hypothesis import strategies as st

from guiju.lib.differences import Paragraph, Piece, changes, compare, extent, minutes, of_lines, of_markdown


def one(old: str, new: str):
    found = changes(of_lines(old), of_lines(new))
    assert len(found) == 1
    return found[0]


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join({"same": "%s", "new": "[+%s]", "gone": "[-%s]"}[p.kind] % p.text for p in pieces)


def test_equal_texts_have_no_changes_whatever_their_spacing():
    assert changes(of_lines("Measure  at level 5.\n\nWait."), of_lines("Measure at level 5.\nWait. ")) == []


def test_words_that_were_put_in_are_marked():
    found = one("Measure flicker at level 5.", "Measure flicker at level 5 and again at level 1.")
    assert marked(found.before) == "Measure flicker at level 5."
    assert marked(found.after) == "Measure flicker at level 5[+ and again at level 1]."


def test_chinese_is_compared_by_character():
    found = one("老化四小时，温度45℃。", "老化六小时，温度40℃。")
    assert marked(found.after) == "老化[+六]小时，温度[+40]℃。"
    assert marked(found.before) == "老化[-四]小时，温度[-45]℃。"


def test_several_changed_words_in_a_row_are_one_run():
    found = one("Put failed lamps aside and tell the line leader.", "Put failed lamps on the red shelf and tell the line leader.")
    assert marked(found.after) == "Put failed lamps [+on the red shelf] and tell the line leader."


def test_both_in_one_text_say_what_went_and_came_where_it_changed():
    assert marked(one("a b c d e and f", "a x c d and f g").both) == "a [-b][+x] c d [-e ]and f[+ g]"


def test_a_new_paragraph_and_one_that_is_gone():
    found = changes(of_lines("a b c\nd e f\ng h i"), of_lines("a b c\ng h i\nx y z"))
    assert [(c.kind, c.old_text or c.new_text) for c in found] == [("gone", "d e f"), ("new", "x y z")]


def test_an_unlike_paragraph_in_the_same_place_is_not_a_changed_one():
    found = changes(of_lines("first\nGlue the base to the arm.\nlast"), of_lines("first\n每班开工前点检一次扭矩批。\nlast"))
    assert {c.kind for c in found} == {"new", "gone"}


def test_of_several_changed_paragraphs_each_is_paired_with_its_own():
    old = "Measure flicker at level 5.\nPut failed lamps aside and tell the leader."
    new = "Take the lamp from the belt first.\nMeasure flicker at level 1.\nPut failed lamps on the shelf and tell the leader."
    assert [c.kind for c in changes(of_lines(old), of_lines(new))] == ["new", "changed", "changed"]


def test_a_change_is_named_by_its_heading():
    old, new = (
        "# Tools\n\nA torque driver.\n\n## Steps\n\n1. Four hours.",
        "# Tools\n\nA torque driver.\n\n## Steps\n\n1. Six hours.",
    )
    assert [c.heading for c in changes(of_markdown(old), of_markdown(new))] == ["Steps"]


def test_rows_of_a_table_are_compared_one_by_one():
    table = "| Size | Torque |\n|---|---|\n| M3 | 0.7 |\n| M4 | {} |"
    found = changes(of_markdown(table.format("1.2")), of_markdown(table.format("1.4")))
    assert [c.new_text for c in found] == ["M4 | 1.4"]


def test_the_whole_can_be_shown_with_what_stayed():
    steps = compare(of_lines("a\nb\nc"), of_lines("a\nb\nd e f"))
    assert steps[0].same == (Paragraph("a"), Paragraph("b"))
    assert all(step.change for step in steps[1:])


def test_reading_time_counts_words_and_characters():
    assert minutes(changes([], of_lines("word " * 500))) == 2
    assert minutes(changes([], of_lines("字" * 900))) == 3


texts = st.lists(st.text(alphabet="ab 风险\t。1", max_size=12), max_size=8).map("\n".join)


@given(texts, texts)
def test_both_texts_can_be_put_together_again(old, new):
    steps = compare(of_lines(old), of_lines(new))
    again = [p.text for s in steps for p in ([Paragraph(s.change.new_text)] if s.change and s.change.after else s.same)]
    assert again == [p.text for p in of_lines(new)]
    kept = sorted(p.text for s in steps for p in ([Paragraph(s.change.old_text)] if s.change and s.change.before else s.same))
    assert kept == sorted(p.text for p in of_lines(old))


def test_the_extent_counts_paragraphs_that_changed_came_and_went():
    assert extent("a\n\nb\n\nc\n\nd", "a\n\nB\n\nc\n\nd\n\ne\n\nf") == (1, 2, 0)
    assert extent("a\n\nb\n\nc", "a\n\nc") == (0, 0, 1)


def test_the_extent_of_other_spacing_is_nothing():
    assert extent("a  b\n\nc", "a b\nc\n") == (0, 0, 0)
