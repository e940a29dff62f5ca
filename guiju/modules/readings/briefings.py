"""What an author says of a revision to its readers: how heavy the change is, why, and a question on it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.models import Document
from guiju.modules.readings.models import Briefing, Weight
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, Refused, write


def brief(document: Document, values: Mapping[str, Any]) -> Briefing:
    """Set it for the revision that is being worked on.

    NotPermitted without the right to change the document, Conflict once it is approved, Refused where a minor change has
    no reason or a question fewer than two answers.
    """
    require("documents.change", document)
    if values.get("weight") == Weight.MINOR and not values.get("reason", "").strip():
        sentence = _("Say why nobody has to read this change.")
        raise Refused(sentence, errors={"reason": [sentence]})
    choices = list(values.get("choices", ()))
    if values.get("question") and not 2 <= len(choices) <= 6:
        sentence = _("Give two to six answers, one on each line.")
        raise Refused(sentence, errors={"choices": [sentence]})
    if values.get("question") and not 0 <= values.get("right", 0) < len(choices):
        sentence = _("There is no answer of this number.")
        raise Refused(sentence, errors={"right": [sentence]})

    def briefing() -> Briefing:
        row = Document.locked(document.pk)
        if row.state not in ("draft", "in_review"):
            raise Conflict(_("What readers are told is said before the approval."))
        revision = row.newest()
        made = Briefing.objects.select_for_update(of=("self",)).filter(revision=revision).first() or Briefing(revision=revision)
        for name, value in values.items():
            setattr(made, name, value)
        made.save(action=f"brief_{made.weight}", reason=made.reason, says={"revision": revision.label})
        return made

    return write(briefing)
