"""What the steps of a list for disposal do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.ending.disposing import dispose, files_of
from guiju.modules.documents.models import Document
from guiju.modules.keeping import guards, holds, lines
from guiju.modules.keeping.models import Disposal
from guiju.organizations.members import people_who_may, require
from guiju.spine.acts import Conflict, current, write
from guiju.spine.attachments.services import held_elsewhere
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks

Says = Mapping[str, str | None]


def prepare(values: Mapping[str, Any]) -> Disposal:
    """A new list, being prepared. NotPermitted without the right to dispose; Refused, Conflict as of `lines.put`."""
    require(guards.RIGHT)

    def preparing() -> Disposal:
        made = Disposal(title=values["title"], note=values.get("note") or "", state="prepared", owner_id=current().actor.id)
        made.save()
        lines.put(made, values["numbers"])
        return made

    return write(preparing)


def change(disposal: Disposal, values: Mapping[str, Any]) -> Disposal:
    """Lay changed values over a list that is being prepared; to be called with the row locked."""
    for name in ("title", "note"):
        if name in values:
            setattr(disposal, name, values[name])
    if "numbers" in values:
        lines.put(disposal, values["numbers"])
    disposal.save()
    return disposal


def propose(disposal: Disposal, inputs: Mapping[str, Any]) -> Says:
    """What is signed is how the documents are now; then all who may are asked to be the second."""
    listed = lines.of(disposal)
    documents = {row.pk: row for row in holds.locked([line.document for line in listed])}
    lines.refuse(list(documents.values()), but=disposal)
    for line in listed:
        lines.take(line, documents[line.document_id])
    others = [person.pk for person in people_who_may(guards.RIGHT) if person.pk != current().actor.id]
    for person in others:
        tasks.ask(disposal, person, _("Check the disposal %(title)s"), params={"title": disposal.title}, door="carry_out")
    told = _("%(number)s %(title)s waits for a second person to check it.")
    tell(others, told, {"number": disposal.number, "title": disposal.title}, disposal)
    return {"documents": str(len(listed))}


def carry_out(disposal: Disposal, inputs: Mapping[str, Any]) -> Says:
    """All of it, or nothing: what came under hold or was changed meanwhile stops the whole (ISO 15489-1 9.9)."""
    listed = lines.of(disposal)
    rows = {row.pk: row for row in holds.locked([line.document for line in listed])}
    _refuse_what_moved(disposal, rows)
    files = {pk: files_of(row) for pk, row in rows.items()}
    stay = held_elsewhere(file for of_one in files.values() for file in of_one)
    for line in listed:
        if lines.facts(rows[line.document_id]) != line.revisions:
            raise Conflict(_("Changed since they were listed: %(numbers)s"), {"numbers": line.number})
        line.stays = sorted(stay & {file.digest for file in files[line.document_id]})
        line.save(action="carry_out")
        dispose(rows[line.document_id], under=disposal.number or "")
    disposal.carried_out_at = current().now()
    tasks.drop(disposal, door="carry_out")
    _tell_the_first(disposal, _("%(number)s %(title)s was carried out."))
    return {"documents": str(len(listed))}


def _refuse_what_moved(disposal: Disposal, rows: Mapping[Any, Document]) -> None:
    """The same that the door asks, once more with the documents locked: what is put on hold from now on comes too late."""
    asked = (guards.none_on_hold, guards.none_out_on_paper, guards.none_changed, guards.retention_passed)
    if missing := [found for guard in asked if (found := guard(disposal))]:
        raise Conflict(_("Something is missing before this step."), missing=missing)


def reject(disposal: Disposal, inputs: Mapping[str, Any]) -> Says:
    tasks.drop(disposal)
    _tell_the_first(disposal, _("%(number)s %(title)s was rejected."))
    return {}


def _tell_the_first(disposal: Disposal, key: str) -> None:
    people = {one.signer_id for one in guards.proposals(disposal)}
    tell(people, key, {"number": disposal.number, "title": disposal.title}, disposal)
