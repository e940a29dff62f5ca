"""Drawings are whole SVG whatever they are made of, and say in words what they show."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib import fishbone, run_chart
from guiju.lib.drawing import cut, text_width, wrapped
from guiju.lib.run_chart import Series

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), max_size=60)


def parsed(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


@given(st.lists(st.tuples(TEXTS, st.floats(-1e9, 1e9)), min_size=1, max_size=60), TEXTS, st.floats(-1e6, 1e6) | st.none())
def test_every_value_of_a_run_chart_is_a_dot_inside_the_picture(points, title, target):
    found = parsed(run_chart.draw(Series(points, title, target=target, mark=len(points) // 2)))
    dots = found.findall(f"{SVG}circle")
    assert len(dots) == len(points)
    assert all(
        0 <= float(dot.get("cx", -1)) <= run_chart.WIDTH and 0 <= float(dot.get("cy", -1)) <= run_chart.HEIGHT for dot in dots
    )
    assert found.find(f"{SVG}title").text == (title or None)


def test_without_a_value_there_is_no_chart():
    assert run_chart.draw(Series([], "nothing")) == ""
    assert run_chart.spark([1.0], None, "one") == ""


def test_natural_limits_are_drawn_from_twenty_values_on():
    few, enough = ([(str(n), 10.0 + n % 3) for n in range(count)] for count in (19, 20))
    assert "gj-draw-natural" not in run_chart.draw(Series(few, "x"))
    assert run_chart.draw(Series(enough, "x")).count("gj-draw-natural") == 2


def test_where_something_was_done_both_medians_stand():
    points = [(str(n), value) for n, value in enumerate([6.0, 7.0, 8.0, 1.0, 2.0, 3.0])]
    drawn = run_chart.draw(Series(points, "x", mark=3, mark_words="Done", words={"median": "median"}))
    assert "median 7.0" in drawn
    assert "median 2.0" in drawn
    assert "Done" in drawn


TWIGS = st.builds(fishbone.Twig, TEXTS, st.sampled_from(["open", "confirmed", "refuted"]))
BRANCHES = st.lists(st.builds(fishbone.Branch, TEXTS, st.lists(TWIGS, max_size=6)), max_size=8)


@given(TEXTS, BRANCHES)
def test_every_cause_is_a_twig_of_the_fishbone(effect, branches):
    found = parsed(fishbone.draw(effect, branches, "Causes"))
    twigs = [one for one in found.iter(f"{SVG}line") if "gj-draw-twig" in (one.get("class") or "")]
    assert len(twigs) == sum(len(branch.twigs) for branch in branches)
    height = float(found.get("viewBox", "").split()[3])
    assert all(0 <= float(twig.get("y1", -1)) <= height for twig in twigs)


@given(TEXTS, st.floats(20, 300))
def test_a_text_that_is_cut_fits(text, most):
    assert text_width(cut(text, 12, most), 12) <= most


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Inspection and release", ["Inspection", "and release"]),
        ("检验与放行过程", ["检验与放行过", "程"]),
        ("", []),
        ("Lamp", ["Lamp"]),
    ],
)
def test_a_text_is_wrapped_at_blanks_and_between_chinese_characters(text, lines):
    assert wrapped(text, 12, 75) == lines
