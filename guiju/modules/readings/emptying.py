"""What is left of readings when their document is disposed of: who confirmed which revision, and when."""

from guiju.modules.documents.models import Document
from guiju.modules.readings.models import Briefing, Reading
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of


def empty(document: Document) -> list[Row]:
    """Take out what readers were told and shown; answers the rows, to be erased. To be called inside a `write`."""
    briefings = list(Briefing.objects.select_for_update(of=("self",)).filter(revision__document=document))
    for one in briefings:
        one.reason, one.question, one.choices = "", "", []
        one.save(action="empty")
    readings = list(Reading.objects.select_for_update(of=("self",)).filter(revision__document=document))
    for row in readings:
        row.shown = []
        row.save(action="empty")
    return [(kind_of(type(one)), one.pk) for one in (*briefings, *readings)]
