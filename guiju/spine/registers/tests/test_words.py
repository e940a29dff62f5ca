"""Words of templates: translated once for each language, and otherwise as Django's own tag."""

import pytest
from django.template import engines
from django.utils.translation import override

from guiju.spine.registers.templatetags.words import Words


def drawn(source: str, language: str, **context: object) -> str:
    template = engines["django"].from_string("{% load i18n %}" + source)
    with override(language):
        return template.render(context)


def test_the_same_template_says_its_words_in_each_readers_language():
    template = engines["django"].from_string('{% load i18n %}{% translate "Documents" %}')
    said = []
    for language in ("en", "zh-hans", "en"):
        with override(language):
            said.append(template.render({}))
    assert said == ["Documents", "文件", "Documents"]


def test_words_are_as_trusted_as_the_template_they_stand_in():
    assert drawn("{% translate 'Ångström & <b>co</b>' %}", "en") == "Ångström & <b>co</b>"


def test_a_percent_sign_stays_one():
    assert drawn('{% translate "100 % of it" %}', "en") == "100 % of it"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% translate words %}", "文件"),
        ('{% translate "Documents" as kept %}[{{ kept }}]', "[文件]"),
        ('{% translate "Documents"|lower %}', "文件"),
        ('{% translate "Documents" noop %}', "Documents"),
    ],
)
def test_what_is_more_than_words_is_left_to_django(source, shown):
    assert drawn(source, "zh-hans", words="Documents") == shown


def test_the_frame_of_every_page_has_its_words_translated_once():
    template = engines["django"].get_template("frame.html").template
    assert template.nodelist.get_nodes_by_type(Words)
