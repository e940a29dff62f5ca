"""What the queue does for itself."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django_tasks_db.models import DBTaskResult

from guiju.spine.jobs.job import every
from guiju.spine.jobs.models import Period

KEPT_FOR = timedelta(days=30)  # work that failed, for whoever looks what went wrong
DONE_KEPT_FOR = timedelta(days=1)


@every("day", at="01:00", name=_("forgetting of finished work"))
def forget_finished() -> None:
    """Remove finished work that nobody will ask about any more."""
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - DONE_KEPT_FOR).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
    Period.everywhere.filter(claimed_at__lt=timezone.now() - KEPT_FOR).delete()
