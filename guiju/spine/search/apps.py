from django.apps import AppConfig

from guiju.spine.acts import before_commit


class SearchConfig(AppConfig):
    name = "guiju.spine.search"
    label = "search"

    def ready(self) -> None:
        before_commit.take("directory", "guiju.spine.search.services.index_act")
