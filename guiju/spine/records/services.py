"""Comments and links of a record."""

from django.db import models
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused, current, write
from guiju.spine.records.models import Comment, Link, Record
from guiju.spine.trail.append import note
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of

LONGEST_COMMENT = 10_000  # characters


def comment(record: Record, text: str) -> Comment:
    """Keep a remark about a record, told in its history. Refused when empty or too long."""
    text = text.strip()
    if not text:
        raise Refused(_("A comment needs a text."), errors={"text": [_("Write something first.")]})
    if len(text) > LONGEST_COMMENT:
        raise Refused(_("A comment has at most %(most)s characters."), {"most": LONGEST_COMMENT})
    acting = current()

    def commenting() -> Comment:
        made = Comment(
            record_kind=kind_of(type(record)), record=record.pk, text=text, made_at=acting.now(), made_by_id=acting.person_id
        )
        made.save()
        note(kind_of(type(record)), record.pk, "comment", says={"text": text})
        return made

    return write(commenting)


def comments(record: Record) -> models.QuerySet[Comment]:
    """A record's comments, oldest first, authors loaded."""
    return Comment.objects.filter(record_kind=kind_of(type(record)), record=record.pk).select_related("made_by").order_by("id")


def empty_comments(record: Record) -> list[Row]:
    """Take the words out of a record's comments; answers their rows, to be erased. To be called inside a `write`."""
    found = list(comments(record).exclude(text=""))
    for one in found:
        one.text = ""
        one.save(action="empty")
    return [(kind_of(Comment), one.pk) for one in found]


def link(source: Record, target: Record, relation: str) -> Link:
    """Relate two records; the same relation is kept once."""

    def linking() -> Link:
        ends = {
            "source_kind": kind_of(type(source)),
            "source": source.pk,
            "target_kind": kind_of(type(target)),
            "target": target.pk,
            "relation": relation,
        }
        found = Link.objects.filter(**ends).first()
        if found is None:
            found = Link(**ends)
            found.save(action="link")
        return found

    return write(linking)


def links_of(record: Record) -> models.QuerySet[Link]:
    """The relations of a record, in both directions."""
    kind = kind_of(type(record))
    outgoing, incoming = models.Q(source_kind=kind, source=record.pk), models.Q(target_kind=kind, target=record.pk)
    return Link.objects.filter(outgoing | incoming).order_by("id")
