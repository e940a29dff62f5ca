"""How the process map of Lanzhu Lighting came about: drawn, sent to the owners, approved, looked at again, and changed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from guiju.modules.processes.models import Process
from guiju.organizations.models import Organization, Person, Site
from guiju.project.sample import people
from guiju.project.sample.days import Days, some_time
from guiju.project.sample.flows import FLOWS, PARTIES
from guiju.project.sample.processes import MAP, Box
from guiju.project.sample.steps import AGAIN, STEPS
from guiju.spine.registers import writing
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.lines import writing as lines
from guiju.spine.signatures.services import sample_proof
from guiju.spine.workflow.perform import perform

Happening = tuple[datetime, str, str, dict[str, Any]]
DRAWN, SENT, READ, APPROVED = 1, 3, 5, 8  # working days after the founding
LOOKED = {  # the working day on which each owner looked at the process again, and what at
    "strategy": (-234, "两次评审的记录和目标完成情况。"),
    "risks": (-150, "Twelve months of changes, and what nobody had foreseen."),
    "market": (-120, "五个市场的证书和店铺页面。"),
    "sales": (-118, "三十张订单的评审记录。"),
    "design": (-112, "L2台灯的开发档案。"),
    "purchasing": (-109, "六家供方的评价和来料记录。"),
    "production": (-106, "两条线各一个班次，作业指导书对照现场。"),
    "inspection": (-96, "Twenty lots on the bench, with their records."),
    "service": (-93, "四周的发运和来电记录。"),
    "people": (-90, "能力矩阵和新员工的培训记录。"),
    "instruments": (-88, "全部24件器具的状态标签。"),
    "documents": (-85, "现场抽查的十五份文件。"),
}
NEXT = {"strategy": 11, "market": 25}  # days from today by which a process is looked at again, where it is not a year
CHANGED = -4  # the working day on which the purchasing process began to be changed


def happenings(days: Days) -> Iterator[Happening]:
    """What happens to the processes after they were drawn."""
    for box in MAP:
        if box.owner != "wei":
            at = days.at(people.FOUNDED + READ, some_time(f"{box.key} read"))
            yield at, box.owner, "take_process", {"key": box.key, "door": "review", "inputs": {}}
        at = days.at(people.FOUNDED + APPROVED, some_time(f"{box.key} approved"))
        yield at, _approver(box), "take_process", {"key": box.key, "door": "approve", "inputs": {"next_on": None}}
        day, looked_at = LOOKED[box.key]
        inputs = {"looked_at": looked_at, "next_on": days.day(NEXT[box.key]) if box.key in NEXT else None}
        at = days.at(day, some_time(f"{box.key} looked"))
        yield at, box.owner, "take_process", {"key": box.key, "door": "confirm", "inputs": inputs}
    reason = "第二供方的零件要先试用，再进正式采购。"
    yield (
        days.at(CHANGED, "10:20"),
        "jia",
        "take_process",
        {"key": "purchasing", "door": "revise", "inputs": {}, "reason": reason},
    )
    yield days.at(CHANGED, "10:45"), "jia", "rewrite_purchasing", {}


def _approver(box: Box) -> str:
    """The general manager; his own process the one who reads it for him."""
    return "guoliang" if box.owner != "guoliang" else "xiaowen"


class MapMaking:
    """What people do with processes; `making.House` has the rest."""

    days: Days
    organization: Organization
    people: dict[str, Person]
    sites: dict[str, Site]
    processes: dict[str, Process]
    acting: Any

    def draw_map(self) -> None:
        """Boxes on the second day, all that belongs to them until the fourth, by the quality manager."""
        with self.acting("wei", self.days.at(people.FOUNDED + DRAWN, "9:20")):
            for box in MAP:
                values = {
                    "title": box.title,
                    "title_zh": box.title_zh,
                    "kind": box.kind,
                    "purpose": box.purpose,
                    "purpose_zh": box.purpose_zh,
                    "criteria": box.more.criteria,
                    "criteria_zh": box.more.criteria_zh,
                    "clauses": box.more.clauses,
                    "owner": self.people[box.owner],
                    "owner_since": self.days.workday(people.FOUNDED + DRAWN),
                    "owner_authority": box.more.authority,
                }
                self.processes[box.key] = writing.create(_register(), values)  # type: ignore[assignment]
        with self.acting("wei", self.days.at(people.FOUNDED + SENT, "9:40")):
            for box in MAP:
                self._fill(box)
                reviewers = [self.people[box.owner]] if box.owner != "wei" else []
                inputs = {"reviewers": reviewers, "approvers": [self.people[_approver(box)]]}
                perform(_workflow(), self.processes[box.key], "submit", inputs=inputs)

    def _fill(self, box: Box) -> None:
        for need, need_zh, kind in box.more.needs:
            day = self.days.workday(people.FOUNDED + SENT)
            self._line(box.key, "needs", need=need, need_zh=need_zh, kind=kind, available=True, assessed_on=day)
        for who, who_zh, does, does_zh in box.more.people:
            self._line(box.key, "participants", who=who, who_zh=who_zh, does=does, does_zh=does_zh)
        self._line(box.key, "places", site=self.sites["Shiyan works"], words="")
        for flow in FLOWS:
            for end, other, direction in ((flow.source, flow.target, "output"), (flow.target, flow.source, "input")):
                if end == box.key:
                    self._flow(box.key, direction, other, flow.what, flow.what_zh, flow.expected)
        for step in STEPS if box.key == "inspection" else ():
            self._line(box.key, "steps", **step)

    def _flow(self, key: str, direction: str, other: str, what: str, what_zh: str, expected: str) -> None:
        party, party_zh = PARTIES.get(other, ("", ""))
        said = {"direction": direction, "what": what, "what_zh": what_zh, "expected": expected}
        self._line(key, "flows", **said, other=self.processes.get(other), outside_party=party, outside_party_zh=party_zh)

    def _line(self, key: str, lines_of: str, /, **values: Any) -> None:
        lines.add(next(one for one in _register().lines if one.key == lines_of), self.processes[key], values)

    def take_process(self, key: str, door: str, inputs: dict[str, Any], reason: str = "") -> None:
        """Take a door with a process, and sign where it is signed."""
        workflow = _workflow()
        proof = sample_proof() if workflow.transitions[door].signs else None
        perform(workflow, Process.objects.get(pk=self.processes[key].pk), door, inputs=inputs, reason=reason, proof=proof)

    def rewrite_purchasing(self) -> None:
        """The draft that is being written: a trial before the order."""
        for step in AGAIN:
            self._line("purchasing", "steps", **step)
        self._flow("purchasing", "output", "inspection", "Samples of a second source", "第二供方样件", "")


def _register() -> Any:
    return by_key("processes")


def _workflow() -> Any:
    return _register().workflow
