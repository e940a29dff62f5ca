from django.apps import AppConfig

from guiju.spine.acts.hooks import go_parts, print_parts, record_parts, touched_parts


class CopiesConfig(AppConfig):
    name = "guiju.modules.copies"
    label = "copies"

    def ready(self) -> None:
        record_parts.take("copies", "guiju.modules.copies.parts.of_record")
        touched_parts.take("copies", "guiju.modules.copies.parts.touched")
        go_parts.take("copies", "guiju.modules.copies.parts.places")
        print_parts.take("copies", "guiju.modules.copies.prints.sheet")
