"""The layout of a flow in lanes."""

from itertools import pairwise

import pytest

from guiju.lib.swim_lanes import Step, Way, draw, going_on, read_ways

FLOW = [
    Step(1, "Storekeeper", "Lot arrives", "start"),
    Step(2, "Inspector", "Draw a sample"),
    Step(3, "Inspector", "As promised?", "decision", (Way(4, "yes"), Way(6, "no"))),
    Step(4, "Inspector", "Release"),
    Step(5, "Storekeeper", "Ship", "end"),
    Step(6, "Quality manager", "Decide what becomes of it", "decision", (Way(2, "sort"), Way(7, "scrap"))),
    Step(7, "Storekeeper", "Scrapped", "end"),
]


def test_ways_are_places_with_the_word_on_the_way_there():
    assert read_ways("4: passed; 7: failed") == (Way(4, "passed"), Way(7, "failed"))
    assert read_ways("4：合格；7：不合格") == (Way(4, "合格"), Way(7, "不合格"))
    assert read_ways(" 12 ") == (Way(12),)
    assert read_ways("") == ()


@pytest.mark.parametrize("text", ["next", "4 passed", "-1", "4: a; b", "99999"])
def test_what_names_no_place_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        read_ways(text)


def test_a_step_that_names_none_goes_on_to_the_next_and_an_end_to_nothing():
    assert [(step.place, way.to) for step, way in going_on(FLOW)] == [(1, 2), (2, 3), (3, 4), (3, 6), (4, 5), (6, 2), (6, 7)]


def test_each_who_has_a_lane_in_which_all_their_steps_stand():
    drawing = draw(FLOW)
    lanes = {lane.name: lane for lane in drawing.lanes}
    assert list(lanes) == ["Storekeeper", "Inspector", "Quality manager"]
    for step, box in zip(FLOW, drawing.boxes, strict=True):
        lane = lanes[step.lane]
        assert lane.x <= box.x and box.x + box.width <= lane.x + lane.width


def test_no_way_runs_through_a_step_and_each_ends_at_one():
    drawing = draw(FLOW)
    boxes = {box.place: box for box in drawing.boxes}
    assert len(drawing.lines) == 7
    for line in drawing.lines:
        for (x, y), box in ((line.points[0], boxes[line.source]), (line.points[-1], boxes[line.target])):
            assert box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
        for start, end in pairwise(line.points):
            (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
            for box in drawing.boxes:
                inside = left < box.x + box.width and right > box.x and top < box.y + box.height and bottom > box.y
                assert not inside, (line, box)


def test_a_way_to_a_step_that_is_not_there_is_left_out():
    assert draw([Step(1, "Anna", "Begin", "start", (Way(9),)), Step(2, "Anna", "End", "end")]).lines == ()


def test_everything_stands_within_the_drawing_and_is_the_same_each_time():
    drawing = draw(FLOW)
    assert drawing == draw(list(reversed(FLOW)))
    points = [point for line in drawing.lines for point in line.points]
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points)
