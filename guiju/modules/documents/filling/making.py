"""The record that comes of a form: made by whoever may fill in forms, also where they may not write documents."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents import services
from guiju.modules.documents.filling import blanks, columns
from guiju.modules.documents.filling.filled import begun_with, revision_to_fill
from guiju.modules.documents.models import Document, Revision
from guiju.organizations.members import require
from guiju.spine.acts import Refused, current, write
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.writing import check_number

RIGHT = "documents.fill"
# What one may say of the record otherwise than the form says it.
SAID = ("title", "number", "process", "department", "file", "more")


def begun(form: Document) -> dict[str, Any]:
    """What filling in begins with: what the form says, the day in the title. Refused where the form is not in force."""
    title = f"{form.title[:280]} {current().today().isoformat()}"
    return {**begun_with(form), "title": title}


def fill(form: Document, values: Mapping[str, Any]) -> Document:
    """A new record made with a form in force, owned by whoever acts.

    `values`: those of FillForm; where neither text nor file comes, the form's own text stays. NotPermitted, Refused where
    the form is not in force or nothing was filled in.
    """
    require(RIGHT)

    def filling() -> Document:
        register = by_key("documents")
        assert register is not None
        revision = revision_to_fill(form)
        _refuse_empty(revision, values)
        check_number(register, (values.get("number") or "").strip())
        text = values.get("text") or ("" if values.get("file") else revision.text)
        if text:
            columns.refuse_unfit(revision.text, text)
            text = columns.plain(blanks.without_empty_rows(text, revision.text))
        said = {name: values[name] for name in SAID if values.get(name)}
        return services.draft({**begun(form), **said, "text": text, "made_with": form})

    return write(filling)


def _bare(text: str) -> str:
    """A text without what the form asks and without rows that nobody has begun."""
    return columns.plain(blanks.without_empty_rows("\n".join(text.splitlines()))).strip()


def _refuse_empty(revision: Revision, values: Mapping[str, Any]) -> None:
    """A form whose fields are in a file is filled in there; of another something must have been entered."""
    if values.get("file"):
        return
    if revision.file_digest and not revision.text.strip():
        sentence = _("Attach the file that you have filled in.")
        raise Refused(sentence, errors={"file": [sentence]})
    written = _bare(values.get("text") or "")
    if not values.get("more") and written in ("", _bare(revision.text)):
        sentence = _("Nothing is filled in yet.")
        raise Refused(sentence, errors={"text": [sentence]})
