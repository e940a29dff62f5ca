"""Pictures that stand in a record's text as `![words](attachment:ID)`."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.lib import markdown
from guiju.lib.extraction.kinds import kind_of
from guiju.lib.problems import Unreadable
from guiju.spine.acts import NotFound, Refused
from guiju.spine.attachments import previews
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment
from guiju.spine.registers.seeing import seen


def is_picture(file: Attachment) -> bool:
    """Whether a file can stand in a text as a picture."""
    try:
        return kind_of(attachments.path(file), file.name) in previews.PICTURES
    except (Unreadable, OSError):
        return False


def settled(record: Any, text: str) -> str:
    """The text with pictures that are the record's own; to be called inside a write.

    One that waits for its writer is given to the record; one of another record that the writer may see, which comes
    with a text that was copied, is entered anew for this one. Refused where there is no such picture.
    """
    named = markdown.pictures(text)
    own = {str(pk) for pk in attachments.of(record).filter(pk__in=named).values_list("pk", flat=True)} if named else set()
    for one in named:
        if one not in own:
            taken = _taken(UUID(one))
            attachments.give(taken, record)
            text = re.sub(re.escape(one), str(taken.pk), text, flags=re.IGNORECASE)
    return text


def _taken(pk: UUID) -> Attachment:
    """A picture that belongs to no record yet, for the one who writes."""
    try:
        found = attachments.mine(pk)
    except NotFound:
        found = _copied(pk)
    if not is_picture(found):
        sentence = _("%(name)s is no picture that can stand in a text.")
        raise Refused(sentence, {"name": found.name}, errors={"text": [sentence % {"name": found.name}]})
    return found


def _copied(pk: UUID) -> Attachment:
    there = Attachment.objects.filter(pk=pk, disposed_at=None).exclude(record=None).first()
    if there is None or (there.record_kind, there.record) not in seen([(there.record_kind, there.record)]):
        sentence = _("A picture that the text names is not there; add it again.")
        raise Refused(sentence, errors={"text": [sentence]})
    return attachments.adopt(there.digest, there.size, there.name)


def digests(record: Any, text: str) -> list[str]:
    """The digests of the record's pictures in a text, in the order in which they stand there."""
    named = markdown.pictures(text)
    if not named:
        return []
    by_id = {str(pk): digest for pk, digest in attachments.of(record).filter(pk__in=named).values_list("pk", "digest")}
    return [by_id[one] for one in named if one in by_id]


def shown(record: Any, text: str, address: str) -> Callable[[str], str | None]:
    """What gives a picture of the text its address, None where it is not the record's own; asked in one statement.

    `address`: with %s in the place of the picture's id.
    """
    named = markdown.pictures(text)
    own = {str(pk) for pk in attachments.of(record).filter(pk__in=named).values_list("pk", flat=True)} if named else set()
    return lambda one: address % one if one in own else None
