"""The layout of the process map: whatever flows, boxes do not overlap, arrows end at them, and nothing is left to chance."""

import random
from itertools import pairwise

import pytest

from guiju.lib.process_map import IN, OUT, Box, Drawing, Measures, draw
from guiju.lib.process_order import Node, Stream, consecutive, in_order

LARGE = Measures(columns=4, gap=100, named=True, parties=True)
CHAIN = [
    Stream("", "sales", "Order", "Customer"),
    Stream("sales", "making", "Work order"),
    Stream("making", "release", "Lamps"),
    Stream("release", "", "Lamps", "Customer"),
]
CORE = [Node("release", "Release", "core"), Node("making", "Making", "core"), Node("sales", "Sales", "core")]


def many(count: int, seed: int) -> tuple[list[Node], list[Stream]]:
    """A map of so many processes with about three flows each, some to parties outside, always the same for a seed."""
    chance = random.Random(seed)
    bands = ("management", "core", "core", "support")
    nodes = [Node(f"n{at}", f"Process number {at} with a name", bands[at % 4]) for at in range(count)]
    streams = []
    for at in range(3 * count):
        source, target = chance.choice(nodes).key, chance.choice(nodes).key
        party = f"Party {at % 7}" if at % 9 == 0 else ""
        streams.append(Stream("" if party and at % 2 else source, "" if party and not at % 2 else target, f"Thing {at}", party))
    return nodes, streams


def meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def at_the_edge(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    across = box.x <= x <= box.x + box.width and y in (box.y, box.y + box.height)
    beside = box.y <= y <= box.y + box.height and x in (box.x, box.x + box.width)
    return across or beside


def runs_through(start: tuple[float, float], end: tuple[float, float], box: Box) -> bool:
    """Whether a stretch of an arrow lies inside a box, its edges not counted."""
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return left < box.x + box.width - 0.01 and right > box.x + 0.01 and top < box.y + box.height - 0.01 and bottom > box.y + 0.01


def test_core_processes_stand_in_the_order_of_their_flows_from_customer_to_customer():
    assert [node.key for node in in_order(CORE, CHAIN)] == ["sales", "making", "release"]


def test_a_flow_back_does_not_turn_the_order_round():
    back = [*CHAIN, Stream("release", "making", "Rejected lamps"), Stream("making", "sales", "Delays")]
    assert [node.key for node in in_order(CORE, back)] == ["sales", "making", "release"]


def test_of_two_that_wait_for_each_other_the_one_nearer_to_the_customer_comes_last():
    buying = Node("buying", "Purchasing", "core")
    loop = [
        *CHAIN,
        Stream("", "buying", "Parts", "Supplier"),
        Stream("buying", "", "Orders", "Supplier"),
        Stream("sales", "buying", "Forecast"),
        Stream("buying", "release", "Incoming lots"),
        Stream("release", "making", "Released parts"),
        Stream("release", "sales", "Dates"),
    ]
    assert [node.key for node in in_order([*CORE, buying], loop)] == ["sales", "buying", "making", "release"]


def test_where_somebody_has_put_a_process_counts_before_the_flows():
    nodes = [Node("release", "Release", "core", place=1), *CORE[1:]]
    assert [node.key for node in in_order(nodes, CHAIN)] == ["release", "sales", "making"]


def test_a_party_outside_that_gives_and_takes_stands_on_both_sides():
    drawing = draw(CORE, CHAIN, LARGE)
    sides = {box.key: box for box in drawing.boxes}
    assert sides[f"{IN}Customer"].x < min(sides[node.key].x for node in CORE)
    assert sides[f"{OUT}Customer"].x > max(sides[node.key].x for node in CORE)


def test_what_flows_between_the_same_two_is_one_arrow_with_all_its_names():
    twice = [Stream("sales", "making", "Work order"), Stream("sales", "making", "work ORDER"), Stream("sales", "making", "Dates")]
    (arrow,) = draw(CORE, twice, LARGE).arrows
    assert arrow.names == ("Work order", "Dates")


def test_a_flow_from_or_to_nowhere_is_not_drawn():
    assert draw(CORE, [Stream("sales", "gone", "x"), Stream("", "", "y"), Stream("sales", "sales", "z")], LARGE).arrows == ()


@pytest.mark.parametrize("measures", [LARGE, Measures(), Measures(columns=6, gap=80, named=True, parties=True)])
@pytest.mark.parametrize(("count", "seed"), [(1, 0), (7, 1), (23, 2), (60, 3), (60, 4)])
def test_boxes_never_overlap_and_stand_within_the_drawing(count, seed, measures):
    drawing = draw(*many(count, seed), measures)
    boxes = drawing.boxes
    assert not [(a.key, b.key) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if meet(a, b)]
    assert all(box.x >= 0 and box.x + box.width <= drawing.width and box.y + box.height <= drawing.height for box in boxes)
    assert len([box for box in boxes if box.band != "outside"]) == count


@pytest.mark.parametrize(("count", "seed"), [(7, 1), (23, 2), (60, 3)])
def test_every_arrow_begins_and_ends_at_the_edges_of_its_boxes(count, seed):
    drawing = draw(*many(count, seed), LARGE)
    boxes = {box.key: box for box in drawing.boxes}
    assert drawing.arrows
    for arrow in drawing.arrows:
        assert at_the_edge(arrow.points[0], boxes[arrow.source]), arrow
        assert at_the_edge(arrow.points[-1], boxes[arrow.target]), arrow


@pytest.mark.parametrize(("count", "seed"), [(7, 1), (23, 2), (60, 3)])
def test_no_arrow_runs_through_a_box_or_slants(count, seed):
    drawing = draw(*many(count, seed), LARGE)
    for arrow in drawing.arrows:
        for start, end in pairwise(arrow.points):
            assert start[0] == end[0] or start[1] == end[1]
            assert not [box.key for box in drawing.boxes if runs_through(start, end, box)]


def test_no_two_arrows_run_along_each_other_in_a_channel():
    drawing = draw(*many(60, 3), LARGE)
    level = [
        (start[1], *sorted((start[0], end[0])))
        for arrow in drawing.arrows
        for start, end in pairwise(arrow.points)
        if start[1] == end[1] and start[0] != end[0]
    ]
    assert not [(a, b) for at, a in enumerate(level) for b in level[at + 1 :] if a[0] == b[0] and a[1] < b[2] and b[1] < a[2]]


def test_the_same_processes_give_the_same_drawing():
    first, second = draw(*many(60, 5), LARGE), draw(*many(60, 5), LARGE)
    assert isinstance(first, Drawing)
    assert first == second


def test_a_small_map_shows_the_thread_from_one_core_process_to_the_next():
    further = [*CHAIN, Stream("sales", "release", "Dates")]
    assert [(s.source, s.target) for s in consecutive(CORE, further)] == [("sales", "making"), ("making", "release")]


def test_no_processes_are_an_empty_drawing():
    assert draw([], CHAIN, LARGE) == Drawing(0, 0, (), (), ())
