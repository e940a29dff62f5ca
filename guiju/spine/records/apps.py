from django.apps import AppConfig

from guiju.spine.acts import before_commit
from guiju.spine.records import checks as checks


class RecordsConfig(AppConfig):
    name = "guiju.spine.records"
    label = "records"

    def ready(self) -> None:
        before_commit.take("numbers", "guiju.spine.records.numbering.give_numbers")
