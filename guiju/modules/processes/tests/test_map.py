"""The map: what people go by, how it stands, how it is arranged, its pages."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.modules.documents import services
from guiju.modules.processes.maps import arranging, health
from guiju.modules.processes.maps.network import network
from guiju.modules.processes.models import Process
from guiju.modules.processes.tests.conftest import enter, made
from guiju.spine.acts import Conflict, NotPermitted, Refused, act, current, write


@pytest.fixture
def chain(lanzhu: SimpleNamespace) -> list[Process]:
    """Sales gives to production, which gives to release; entered the other way round."""
    with act(lanzhu.organization, lanzhu.wei):
        release, production, sales = made("Release"), made("Production"), made("Sales")
        enter(sales, "flows", direction="output", what="Work order", other=production)
        enter(production, "flows", direction="input", what="Work order", other=sales)
        enter(production, "flows", direction="output", what="Lamps", other=release)
    return [release, production, sales]


@pytest.fixture
def signed_in(lanzhu: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(lanzhu.wei.person)
    return client


def order(band: str = "core") -> list[str]:
    return [str(process) for name, processes in network().bands() if name == band for process in processes]


def test_core_processes_stand_in_the_order_of_their_flows_and_a_flow_entered_at_both_ends_is_one(chain, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        assert order() == ["Sales", "Production", "Release"]
        between = [stream.what for stream in network().streams() if stream.source and stream.target]
    assert sorted(between) == ["Lamps", "Work order"]


def test_what_is_a_part_gives_and_takes_as_the_process_on_the_map(chain, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        part = made("Packing", parent=chain[0])
        enter(part, "flows", direction="input", what="Boxes", other=chain[2])
        found = network()
        assert str(part.pk) not in {node.key for node in found.nodes()}
        assert (str(chain[2].pk), str(chain[0].pk), "Boxes") in {(s.source, s.target, s.what) for s in found.streams()}


def test_a_withdrawn_process_leaves_the_map_with_its_arrows(chain, take, lanzhu):
    take(chain[1], "give_up", lanzhu.wei, reason="Bought in.")
    with act(lanzhu.organization, lanzhu.wei):
        assert sorted(order()) == ["Release", "Sales"]
        assert not [stream for stream in network().streams() if stream.source and stream.target]


def test_whoever_arranges_a_band_puts_each_process_in_its_place(chain, lanzhu):
    numbers = {str(process): process.number for process in chain}
    with act(lanzhu.organization, lanzhu.wei):
        arranging.arrange("core", [numbers["Release"], numbers["Sales"], numbers["Production"]])
        assert order() == ["Release", "Sales", "Production"]
        arranging.move(numbers["Release"], 1)
        assert order() == ["Sales", "Release", "Production"]
        arranging.move(numbers["Sales"], -1)  # it is the first already
        assert order() == ["Sales", "Release", "Production"]
        arranging.arrange("core", [])
        assert order() == ["Sales", "Production", "Release"]


def test_what_does_not_fit_the_map_is_not_arranged(chain, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        for numbers in (["PR-99"], [chain[0].number], [chain[0].number] * 3):
            with pytest.raises(Conflict):
                arranging.arrange("core", numbers)
        with pytest.raises(Refused):
            arranging.arrange("sky", [])
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(NotPermitted):
        arranging.arrange("core", [])


def test_the_health_of_a_process_is_what_is_overdue_and_due_soon_of_its_records(chain, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        today = current().today()
        for days, title in ((-1, "Late"), (3, "Soon"), (90, "Far")):
            values = {"kind": "procedure", "language": "en", "text": "x", "process": chain[0]}
            services.draft({"title": title, "due_on": today + timedelta(days=days), **values})
        found = health.of(chain)
        assert (found[chain[0].pk].late, found[chain[0].pk].soon, found[chain[1].pk].tone) == (1, 1, "done")
        assert str(found[chain[0].pk]) == "1 overdue"


def test_the_pages_of_map_and_process_lead_to_each_other(chain, signed_in):
    page = signed_in.get("/lanzhu/processes/map/").content.decode()
    assert "The map is being set up" in page and "Work order" in page
    assert re.findall(r'class="gj-draw-link" href="([^"]+)"', page) == [f"/lanzhu/processes/PR-0{n}/" for n in (3, 2, 1)]
    turtle = signed_in.get("/lanzhu/processes/PR-02/").content.decode()
    assert "Work order, from Sales" in turtle and "A draft: nothing of it is in force yet." in turtle


def test_dragging_sends_the_order_and_buttons_move_by_one(chain, signed_in, lanzhu):
    url = "/lanzhu/processes/map/arrange/"
    assert signed_in.post(url, {"band": "core", "order": "PR-01\r\nPR-02\r\nPR-03"}).status_code == 302
    assert signed_in.post(url, {"number": "PR-02", "way": "earlier"}).status_code == 302
    with act(lanzhu.organization, lanzhu.wei):
        assert order() == ["Production", "Release", "Sales"]
    assert "Chen Wei moved it on the map." in signed_in.get("/lanzhu/processes/PR-02/").content.decode()
    assert signed_in.post(url, {"band": "sky", "order": ""}).status_code == 422


def test_a_revision_and_the_draft_after_it_can_both_be_read(approved, take, lanzhu, signed_in):
    process = take(approved, "revise", lanzhu.wei, reason="More.")
    with act(lanzhu.organization, lanzhu.wei):
        enter(process, "flows", direction="input", what="Chargers", outside_party="Supplier")
    first, second = (signed_in.get(f"/lanzhu/processes/PR-01/revision/{n}/").content.decode() for n in (1, 2))
    assert "Chargers" not in first and "Chargers, from Supplier" in second
    assert signed_in.get("/lanzhu/processes/PR-01/revision/3/").status_code == 404
    assert "revision 1, in force since" in signed_in.get("/lanzhu/processes/PR-01/").content.decode()


def test_map_and_process_are_seen_as_they_were(chain, take, lanzhu, signed_in):
    with act(lanzhu.organization, lanzhu.wei):
        before = current().now().isoformat()
    take(chain[1], "give_up", lanzhu.wei, reason="Bought in.")
    assert "Production" not in signed_in.get("/lanzhu/processes/map/").content.decode()
    then = signed_in.get("/lanzhu/processes/map/", {"as_of": before}).content.decode()
    assert "Production" in then
    assert "Work order, from Sales" in signed_in.get("/lanzhu/processes/PR-02/", {"as_of": before}).content.decode()


def test_the_map_is_printed_across_a_sheet(chain, signed_in):
    for paper in ("a4", "a3"):
        answer = signed_in.get(f"/lanzhu/processes/map/{paper}.pdf", {"language": "zh-hans"})
        assert b"".join(answer).startswith(b"%PDF")
    assert signed_in.get("/lanzhu/processes/map/a5.pdf").status_code == 404


def test_a_process_is_printed_with_its_flow(approved, take, lanzhu, signed_in):
    process = take(approved, "revise", lanzhu.wei, reason="Steps.")
    with act(lanzhu.organization, lanzhu.wei):
        enter(process, "steps", lane="Inspector", what="Draw a sample", kind="start")
        enter(process, "steps", lane="Inspector", what="Decide", kind="decision", goes_to="1: again")
    for part in ("0", "1"):
        assert b"".join(signed_in.get(f"/lanzhu/processes/PR-01/print/{part}.pdf")).startswith(b"%PDF")


@pytest.mark.parametrize("count", [4, 60])
def test_home_and_map_take_as_many_statements_however_many_processes_there_are(lanzhu, signed_in, count):
    with act(lanzhu.organization, lanzhu.wei):
        write(lambda: [made(f"Process {n}") for n in range(count)])
    signed_in.get("/lanzhu/")
    for path, most in (("/lanzhu/", 20), ("/lanzhu/processes/map/", 14)):
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(path).status_code == 200
        assert len(queries) <= most, (path, len(queries))
