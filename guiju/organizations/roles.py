"""Roles are data: sets of actions that an organization tunes. Here are those it begins with, and what can be granted.

ISO 9001 5.3: responsibilities and authorities are assigned, communicated and understood.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from guiju.organizations.keeping import still_kept
from guiju.organizations.members import covers, require
from guiju.organizations.models import Role
from guiju.spine.acts import NotPermitted, Refused, current, write
from guiju.spine.registers.declaration import Words, registers


@dataclass(frozen=True)
class Default:
    """A role as a new organization gets it; `does` says in a few words what its people do."""

    key: str
    name: str
    name_zh: str
    does: Words
    actions: tuple[str, ...]


SEE = (*("documents.view", "processes.view", "indicators.view", "evaluations.view", "nonconformities.view", "actions.view"),)
DEFAULTS = (
    Default(
        "contributor",
        "Contributor",
        "员工",
        _("reads what holds, fills in forms, comments, reviews when asked"),
        (
            *(*SEE, "documents.fill", "documents.comment", "documents.review", "documents.return", "processes.comment"),
            *("processes.review", "processes.return"),
            *("nonconformities.create", "nonconformities.comment", "actions.complete", "actions.comment"),
        ),
    ),
    Default(
        "process_owner",
        "Process owner",
        "过程负责人",
        _("writes and approves the documents of a process"),
        tuple(
            f"documents.{verb}"
            for verb in "view create fill change comment import submit review approve return revise take_back distribute".split()
        )
        + tuple(f"processes.{verb}" for verb in "view change comment submit review approve return revise confirm give_up".split())
        + ("indicators.*", "evaluations.*", "nonconformities.*", "actions.*", "complaints.*"),
    ),
    Default(
        "quality_manager",
        "Quality manager",
        "质量经理",
        _("keeps the whole system in order"),
        (
            *(
                "documents.*",
                "processes.*",
                "disposals.*",
                "indicators.*",
                "evaluations.*",
                "nonconformities.*",
                "actions.*",
                "complaints.*",
            ),
            *("people.view", "trail.verify"),
        ),
    ),
    Default(
        "auditor",
        "Auditor",
        "审核员",
        _("sees all, also as it was on any day, and changes nothing"),
        (
            *(*SEE, "disposals.view", "documents.comment", "processes.comment", "complaints.view", "nonconformities.comment"),
            *("people.view", "trail.verify"),
        ),
    ),
    Default(
        "top_management",
        "Top management",
        "最高管理者",
        _("sets the direction, approves, reviews"),
        tuple(f"documents.{verb}" for verb in "comment review approve take_over take_back hold dispose".split())
        + tuple(f"disposals.{verb}" for verb in "view create change comment propose carry_out reject".split())
        + (*SEE, "processes.comment", "people.view", "complaints.view", "nonconformities.create", "nonconformities.comment")
        + tuple(f"processes.{verb}" for verb in "review approve return confirm".split())
        + ("actions.find_effective", "actions.find_not_effective", "actions.comment"),
    ),
    Default(
        "administrator",
        "Administrator",
        "系统管理员",
        _("invites people, grants roles, keeps the settings"),
        (*SEE, "people.*", "roles.*", "organization.*", "tokens.*", "trail.verify"),
    ),
    Default("guest", "Guest", "访客", _("looks on, until a last day"), SEE),
)
# What can be granted besides the actions of the registers.
OWN: tuple[tuple[str, Words], ...] = (
    ("people.view", _("see the people and their roles")),
    ("people.invite", _("invite people")),
    ("people.change", _("change people, their deputies and their places; deactivate")),
    ("people.confirm", _("confirm who a person is after a reset")),
    ("roles.change", _("change roles and grant them")),
    ("organization.change", _("change the settings, sites and departments")),
    ("trail.verify", _("see the audit trail and have it checked")),
    ("tokens.create", _("make tokens for other programs")),
)
VERBS: dict[str, Words] = {
    "view": _("see"),
    "create": _("enter new ones"),
    "change": _("change"),
    "comment": pgettext_lazy("right", "comment"),
    "import": _("import"),
}


@dataclass(frozen=True)
class Action:
    """One thing that can be granted, as the page of roles names it."""

    name: str
    label: Words
    group: Words


def catalogue() -> list[Action]:
    """Every action there is: of the registers, in the order of the menu, then those of the house."""
    return [*_of_registers(), *(Action(name, label, _("People and settings")) for name, label in OWN)]


def _of_registers() -> Iterator[Action]:
    for register in registers():
        steps = register.workflow.transitions if register.workflow else {}
        for name in register.actions:
            verb = name.partition(".")[2]
            label = steps[verb].label if verb in steps else register.rights.get(verb) or VERBS.get(verb, verb)
            yield Action(name, label, register.label)


def set_up() -> dict[str, Role]:
    """Make the default roles of the acting organization; those that are there stay as they are. By key."""

    def making() -> dict[str, Role]:
        found = {role.key: role for role in Role.objects.all()}
        for default in DEFAULTS:
            if default.key not in found:
                made = Role(key=default.key, name=default.name, name_zh=default.name_zh, actions=sorted(default.actions))
                made.save()
                found[default.key] = made
        return found

    return write(making)


def in_order() -> list[Role]:
    """The organization's roles, the default ones first, in their order."""
    order = {default.key: place for place, default in enumerate(DEFAULTS)}
    return sorted(Role.objects.all(), key=lambda role: (order.get(role.key, len(order)), role.name))


def grantable() -> list[Role]:
    """The roles the acting member may give: all with roles.change, else those that hold no more than their own rights."""
    actor = current().actor
    roles = in_order()
    return roles if actor.may("roles.change") else [role for role in roles if all(actor.may(name) for name in role.actions)]


def refuse_ungrantable(roles: Iterable[Role]) -> None:
    """NotPermitted where the acting member may not give one of the roles."""
    allowed = {role.pk for role in grantable()}
    if any(role.pk not in allowed for role in roles):
        raise NotPermitted(gettext_noop("You cannot give a role with more rights than your own."))


def tune(role: Role, chosen: Sequence[str], *, reason: str = "") -> Role:
    """Set what a role includes, chosen among the catalogue. Needs roles.change.

    A whole subject that stays whole stays "documents.*", so that it includes what a later release adds. Raises Refused
    for an unknown action, Conflict when nobody could change roles any more.
    """
    require("roles.change")
    known = [action.name for action in catalogue()]
    if set(chosen) - set(known):
        raise Refused(gettext_noop("There is no such right."))

    def tuning() -> Role:
        row = Role.locked(role.pk)
        actions = sorted(_compact(row.actions, set(chosen), known))
        if actions != sorted(row.actions):
            with still_kept():
                row.actions = actions
                row.save(reason=reason)
        return row

    return write(tuning)


def _compact(before: Sequence[str], chosen: set[str], known: Sequence[str]) -> set[str]:
    """The chosen actions with the wildcards that still hold, and what is not in the catalogue of this release as it was."""
    if "*" in before and chosen >= set(known):
        return {"*"}
    kept = {name for name in before if not name.endswith("*") and name not in known}
    for subject in {name.partition(".")[0] for name in known}:
        of_subject = {name for name in known if name.startswith(f"{subject}.")}
        whole = of_subject <= chosen and (f"{subject}.*" in before or "*" in before)
        kept |= {f"{subject}.*"} if whole else of_subject & chosen
    return kept


def make(name: str, name_zh: str) -> Role:
    """A new role without rights. Needs roles.change. Refused when the name is used."""
    require("roles.change")
    key = "_".join(name.lower().split())[:40]

    def making() -> Role:
        if Role.objects.filter(key=key).exists():
            sentence = gettext_noop("There is a role of this name already.")
            raise Refused(sentence, errors={"name": [sentence]})
        made = Role(key=key, name=name, name_zh=name_zh)
        made.save()
        return made

    return write(making)


def includes(role: Role, action: str) -> bool:
    return covers(role.actions, action)
