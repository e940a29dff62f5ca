from django.apps import AppConfig

from guiju.spine.acts.hooks import urgent_notices


class LettersConfig(AppConfig):
    name = "guiju.organizations.letters"
    label = "letters"

    def ready(self) -> None:
        urgent_notices.take("letters", "guiju.organizations.letters.jobs.carry")
