from django.apps import AppConfig

from guiju.spine.acts.hooks import beside_parts, body_parts, history_parts, print_parts, record_parts, touched_parts


class TranslationsConfig(AppConfig):
    name = "guiju.modules.translations"
    label = "translations"

    def ready(self) -> None:
        record_parts.take("translations", "guiju.modules.translations.parts.of_record")
        history_parts.take("translations", "guiju.modules.translations.services.of_history")
        beside_parts.take("translations", "guiju.modules.translations.parts.beside")
        body_parts.take("translations", "guiju.modules.translations.services.texts_of")
        print_parts.take("translations", "guiju.modules.translations.prints.of_record")
        touched_parts.take("translations", "guiju.modules.translations.parts.touched")
