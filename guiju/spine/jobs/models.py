"""Beat, Period: which workers live, and which scheduled work is done."""

from django.db import models


class Beat(models.Model):
    """A worker's sign of life. Work of a worker without one is given to another."""

    not_on_trail_because = "It says only that a process lives."

    worker = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField()

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"

    def __str__(self) -> str:
        return self.worker


class Period(models.Model):
    """Scheduled work of one period: done once however many workers there are, and tried again until it is done."""

    not_on_trail_because = "What the work did is on the trail; this says that it was claimed."

    job = models.CharField(max_length=120)
    period = models.CharField(max_length=40)
    claimed_at = models.DateTimeField()
    again_at = models.DateTimeField(help_text="from when on another worker may try, when it is not done")
    done_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"
        constraints = (models.UniqueConstraint(fields=("job", "period"), name="jobs_period_once"),)

    def __str__(self) -> str:
        return f"{self.job} {self.period}"
