from django.apps import AppConfig
from django.db.models.signals import post_migrate

from guiju.spine.acts import before_commit
from guiju.spine.trail import triggers


def _set_triggers(using: str, **_: object) -> None:
    triggers.install(using)


class TrailConfig(AppConfig):
    name = "guiju.spine.trail"
    label = "trail"

    def ready(self) -> None:
        before_commit.take("trail", "guiju.spine.trail.append.append")
        before_commit.take("erasure", "guiju.spine.trail.erasing.carry_out")
        # Set again after every migrate: Django's rebuild of a table on SQLite drops its triggers.
        # Sent for each app, when all of them are migrated; once is enough.
        post_migrate.connect(_set_triggers, sender=self, dispatch_uid="trail triggers")
