"""Which processes stand on the map, and what flows between them, as people go by it today or went by it then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from guiju.lib.process_order import BANDS, Node, Stream, in_order
from guiju.modules.processes import content
from guiju.modules.processes.content import Content
from guiju.modules.processes.models import Direction, Flow, Process, in_language
from guiju.spine.acts import current
from guiju.spine.registers.past import until
from guiju.spine.trail.past import as_of


@dataclass
class Network:
    """Processes that stand on the map by themselves, in the order of their numbers; `parts` stand within them.

    `drafts` are those of which nothing is in force yet; `root` leads from every process to the one on the map.
    """

    processes: list[Process] = field(default_factory=list)
    parts: dict[UUID, list[Process]] = field(default_factory=dict)
    drafts: set[UUID] = field(default_factory=set)
    root: dict[UUID, UUID] = field(default_factory=dict)
    flows: list[tuple[Process, Flow]] = field(default_factory=list)

    def nodes(self) -> list[Node]:
        return [Node(str(p.pk), str(p), p.kind, p.position) for p in self.processes]

    def streams(self) -> list[Stream]:
        """What flows, from process to process on the map; what both ends have entered is told once."""
        made: dict[tuple[str, str, str, str], Stream] = {}
        for process, flow in self.flows:
            mine = self.root[process.pk]
            other = self.root.get(flow.other_id) if flow.other_id else None
            if other == mine or (flow.other_id and other is None):
                continue
            ends = (str(mine), str(other) if other else "")
            source, target = ends if flow.direction == Direction.OUTPUT else ends[::-1]
            party = "" if other else in_language(flow, "outside_party")
            stream = Stream(source, target, str(flow), party)
            made.setdefault((source, target, party, flow.what.casefold()), stream)
        return list(made.values())

    def bands(self) -> list[tuple[str, list[Process]]]:
        """The processes of each band that has any, in the order in which the map shows them."""
        by_key, nodes, streams = {str(p.pk): p for p in self.processes}, self.nodes(), self.streams()
        ordered = [(band, in_order([n for n in nodes if n.band == band], streams)) for band in BANDS]
        return [(band, [by_key[node.key] for node in found]) for band, found in ordered if found]


def network() -> Network:
    """The map of the acting organization; three or four statements however many processes there are."""
    today = current().today()
    rows: Iterable[Process] = as_of(Process, until()) if current().as_of is not None else Process.objects.all()
    there = sorted((row for row in rows if row.state != "withdrawn"), key=lambda row: row.pk)
    as_they_are = [row for row in there if content.stands_as_it_is(row, today)]
    others = [row for row in there if not content.stands_as_it_is(row, today)]
    standing = content.in_force(others, today)
    drafts = [row for row in others if row.pk not in standing]
    contents = content.live([*as_they_are, *drafts], "flows")
    contents |= {row.pk: content.of_revision(row, standing[row.pk]) for row in others if row.pk in standing}
    return _woven([contents[row.pk] for row in there], {row.pk for row in drafts})


def _woven(contents: Sequence[Content], drafts: set[UUID]) -> Network:
    above = {one.process.pk: one.process.parent_id for one in contents}
    made = Network(drafts=drafts)
    for one in contents:
        process, top = one.process, one.process.pk
        for _step in range(len(contents)):  # no process is its own ancestor; of revisions of several days that is not sure
            if (parent := above.get(top)) is None or parent not in above:
                break
            top = parent
        made.root[process.pk] = top
        if top == process.pk:
            made.processes.append(process)
        else:
            made.parts.setdefault(top, []).append(process)
        made.flows += [(process, flow) for flow in one.flows]
    return made
