"""The sample is made by acting: every step through the verbs that pages and API use, at its instant of the sample's clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from guiju.modules.documents.checkout import taking
from guiju.modules.documents.models import Document
from guiju.modules.processes.models import Process
from guiju.organizations import accounts, deputies, services
from guiju.organizations.members import Member, member
from guiju.organizations.models import Department, Membership, Organization, Person, Site
from guiju.organizations.parameters import set_parameter
from guiju.project.sample import people
from guiju.project.sample.days import Days
from guiju.project.sample.drawing_the_map import MapMaking
from guiju.project.sample.editions import Editions
from guiju.project.sample.files import office_file, pictured
from guiju.project.sample.keeping import Keeping
from guiju.project.sample.lives import Life
from guiju.project.sample.paper import Paper
from guiju.project.sample.people import Absence, Someone
from guiju.project.sample.readers import Readers
from guiju.project.sample.remarks import Request
from guiju.project.sample.story import Event, events
from guiju.spine.acts import SYSTEM, act, write
from guiju.spine.notices import services as notices
from guiju.spine.records.services import comment
from guiju.spine.registers import writing
from guiju.spine.registers.declaration import Register, by_key
from guiju.spine.signatures.services import sample_proof
from guiju.spine.tasks import services as tasks
from guiju.spine.workflow.perform import perform


def make(now: datetime, marked: dict[str, Any]) -> Organization:
    """Found the sample organization and let its year happen, up to a few minutes before `now`.

    `marked` are parameters that it has from the beginning. All of it is one transaction: a making that is broken off
    leaves nothing behind. Raises Refused when the organization is there already.
    """
    days = Days(now, ZoneInfo(people.ORGANIZATION["time_zone"]))
    with transaction.atomic():
        house = House(days, marked)
        for event in events(days):
            house.happen(event)
        return house.organization


def register(key: str) -> Register:
    found = by_key(key)
    assert found is not None
    return found


class House(Readers, Paper, Editions, Keeping, MapMaking):
    """The organization while its past is being made: who is there, and what they can do."""

    def __init__(self, days: Days, marked: dict[str, Any]) -> None:
        self.days = days
        self.people: dict[str, Person] = {}
        self.sites: dict[str, Site] = {}
        self.departments: dict[str, Department] = {}
        self.processes: dict[str, Process] = {}
        self.password = make_password(people.PASSWORD)  # once for all: it takes a third of a second, and is no secret
        begun = days.at(people.FOUNDED, "8:10")
        facts = {name: value for name, value in people.ORGANIZATION.items() if name != "name"}
        self.organization = services.found(people.SLUG, people.ORGANIZATION["name"], at=begun, sample=True, **facts)
        first = next(someone for someone in people.PEOPLE if someone.username == people.ADMINISTRATOR)
        with act(self.organization, SYSTEM, at=begun):
            for name, value in marked.items():
                set_parameter(name, value)
            self.join(first)
        self._move_in(first)
        self.draw_map()

    def _move_in(self, first: Someone) -> None:
        """Sites, departments and the people of the first day, entered by the administrator."""
        with self.acting(people.ADMINISTRATOR, self.days.at(people.FOUNDED, "8:30")) as who:
            write(self._keep_places)
            services.change_membership(Membership.objects.get(person=who.id), self._place(first))
            for someone in people.PEOPLE:
                if someone.joined == people.FOUNDED and someone.username not in self.people:
                    self.join(someone)

    def _keep_places(self) -> None:
        for place in people.SITES:
            kept = services.keep_place(Site(), {"name": place.name, "name_zh": place.name_zh, "time_zone": place.time_zone})
            self.sites[place.name] = kept  # type: ignore[assignment]
        home = self.sites[people.SITES[0].name]
        for place in people.DEPARTMENTS:
            kept = services.keep_place(Department(), {"name": place.name, "name_zh": place.name_zh, "site": home})
            self.departments[place.name] = kept  # type: ignore[assignment]

    # --- Acting -----------------------------------------------------------------------------------------------------

    @contextmanager
    def acting(self, username: str, at: datetime, deputy_for: str = "") -> Iterator[Member]:
        """An act of a person with the rights of that day."""
        absent = self.people[deputy_for].pk if deputy_for else None
        day = at.astimezone(self.days.zone).date()
        who = member(self.organization, self.people[username], day, deputy_for=absent)
        if who is None or who.on_behalf_of != absent:
            raise LookupError(f"{username} could not act so on {day}")
        with act(self.organization, who, at=at):
            yield who

    def happen(self, event: Event) -> None:
        """Let one event happen. Whatever the product refuses is raised: a sample holds nothing that it would refuse."""
        with self.acting(event.who, event.at, event.deputy_for) as who:
            do: Callable[..., None] = getattr(self, event.do)
            if event.do == "read_notices":
                do(who)
            else:
                do(**event.given)

    # --- What people do ---------------------------------------------------------------------------------------------

    def join(self, someone: Someone) -> None:
        """Give somebody an account and make them a member."""
        person = services.add_person(someone.username, someone.name, name_zh=someone.name_zh, language=someone.language)
        accounts.change(person, {"password": self.password}, action="change_password")
        self.people[someone.username] = person
        services.join(
            person,
            [someone.role],
            position=someone.position,
            position_zh=someone.position_zh,
            **self._place(someone),
            top_management=someone.top_management,
            expires_on=None if someone.guest_days is None else self.days.day(someone.guest_days),
        )

    def _place(self, someone: Someone) -> dict[str, Any]:
        """Where somebody works; a guest works nowhere, and on the first morning there is no place yet."""
        site = self.sites.get(people.SITES[0].name) if someone.department else None
        return {"department": self.departments.get(someone.department), "site": site}

    def name_deputy(self, absence: Absence) -> None:
        absent, deputy = (Membership.objects.get(person=self.people[username]) for username in (absence.absent, absence.deputy))
        deputies.name(absent, deputy, self.days.workday(absence.first), self.days.workday(absence.last))

    def draft(self, life: Life, label: str, content: dict[str, Any]) -> None:
        values = {
            "number": life.number,
            "title": life.title,
            "kind": life.kind,
            "process": self.processes[life.process],
            "owner": self.people[life.owner],
            "revision": label,
        }
        if life.made_with:
            values["made_with"] = document(life.made_with)
        writing.create(register("documents"), values | _with_files(content))

    def revise(self, number: str, label: str, reason: str) -> None:
        self.take(number, "revise", reason, {"revision": label})

    def rewrite(self, number: str, content: dict[str, Any]) -> None:
        writing.change(register("documents"), document(number), _with_files(content), None)

    def take_file(self, number: str) -> None:
        taking.take(document(number))

    def take(self, number: str, door: str, reason: str, inputs: dict[str, Any]) -> None:
        """Take a door with a document, and sign where it is signed."""
        workflow = register("documents").workflow
        assert workflow is not None
        if "reviewers" in inputs:
            inputs = inputs | {"reviewers": [self.people[username] for username in inputs["reviewers"]]}
        proof = sample_proof() if workflow.transitions[door].signs else None
        perform(workflow, document(number), door, inputs=inputs, reason=reason, proof=proof)

    def remark(self, number: str, text: str) -> None:
        found = document(number)
        writing.permit(register("documents"), "comment", found)
        comment(found, text)

    def ask(self, request: Request, due_on: Any) -> None:
        found = document(request.number)
        who = self.people[request.who].pk
        tasks.ask(found, who, request.what, params={"title": found.title}, due_on=due_on, door=request.door)

    def read_notices(self, who: Member) -> None:
        notices.mark_read(who.id)


def _with_files(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a revision with its pictures, or as the office file that it is told to be."""
    values = dict(content)
    if name := values.pop("office", ""):
        return values | {"text": "", "file": office_file(values["text"], name)}
    return values | {"text": pictured(values["text"])}


def document(number: str) -> Document:
    return Document.objects.get(number=number)
