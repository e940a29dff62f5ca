"""What programs read and arrange: the map with how each process stands, and revisions whole."""

from guiju.modules.processes.tests.conftest import enter, made
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program

BASE = "/api/v1/lanzhu/processes/"


def test_a_program_reads_the_map_and_arranges_it(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        sales, production = made("Sales"), made("Production")
        enter(sales, "flows", direction="output", what="Work order", other=production)
    wei = Program(lanzhu.wei)
    boxes = wei.get(f"{BASE}map/").json()["items"]
    assert [(box["title"], box["place"], box["draft"], box["health"]) for box in boxes] == [
        ("Sales", 1, True, "in_order"),
        ("Production", 2, True, "in_order"),
    ]
    arrows = wei.get(f"{BASE}map/arrows/").json()["items"]
    assert [one["what"] for one in arrows if one["source"] and one["target"]] == ["Work order"]
    order = f"{production.number}\n{sales.number}"
    assert wei.ask("POST", f"{BASE}map/arrange/", {"band": "core", "order": order}).status_code < 300
    assert [box["title"] for box in wei.get(f"{BASE}map/").json()["items"]] == ["Production", "Sales"]
    assert wei.ask("POST", f"{BASE}map/arrange/", {"band": "core", "order": "PR-77"}).status_code == 409
    assert wei.ask("POST", f"{BASE}map/arrange/", {"band": "sky"}).status_code == 422


def test_a_program_reads_each_revision_whole_with_its_signatures(approved, lanzhu):
    (revision,) = Program(lanzhu.wei).get(f"{BASE}{approved.number}/revisions/").json()["items"]
    assert revision["in_force"] and [flow["what"] for flow in revision["content"]["flows"]] == ["Lots", "Released lots"]
    assert [(one["meaning"], one["holds"]) for one in revision["signatures"]] == [("approve", True)]
