"""Run: work of one person that takes long, and how far it is; a file that it leaves behind, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import Refused, ScopedManager
from guiju.spine.acts.words import said


class RunState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, waits for your word")
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("on its way")
    FINISHED = "finished", _("finished")
    FAILED = "failed", _("stopped by an error")


class Run(models.Model):
    """Who asked, since when, how it stands, and what went wrong."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=RunState.choices)
    message = models.TextField(blank=True)  # a message key, rendered with `params` when it is read (law L15)
    params = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    @property
    def said(self) -> str:
        """The message in the reader's language."""
        return said(self.message, self.params) if self.message else ""

    def failed(self, key: str, params: dict[str, Any] | None = None) -> None:
        """Set what stopped it; the caller saves."""
        self.state, self.message, self.params = RunState.FAILED, key, dict(params or {})


@contextmanager
def leaving(run: Run, final: Path) -> Iterator[Path]:
    """A place to write a run's file to. It gets its name, and the run is finished, when all of it is written.

    What is refused, and a disk that takes nothing, is set on the run; the caller saves it.
    """
    half = final.with_suffix(".half")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        yield half
        half.replace(final)
        run.state = RunState.FINISHED
    except Refused as refused:
        run.failed(refused.key, dict(refused.params))
    except OSError as error:
        run.failed(gettext_noop("The file could not be stored: %(why)s."), {"why": error.strerror or str(error)})
    finally:
        half.unlink(missing_ok=True)
