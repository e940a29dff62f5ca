"""What `make check` refuses in locks and catalogues of messages."""

from babel.messages.catalog import Message

from scripts.check_locks import ADDRESS, locked, not_admitted
from scripts.messages import _wrong


def message(text: str, translation: str, **more: object) -> Message:
    return Message(text, translation, **more)


def test_a_version_below_the_bound_and_a_missing_package_are_named():
    versions = locked("django==5.2.18 \\\n    --hash=sha256:00\nBabel==2.18.0\n")
    assert not_admitted(["django>=5.2.19,<5.3", "babel>=2.17", "nh3>=0.3.8"], versions, "lock") == [
        "lock has django 5.2.18, asked: django>=5.2.19,<5.3",
        "lock lacks nh3",
    ]


def test_an_address_in_a_lock_is_found():
    assert ADDRESS.search("--index-url somewhere\ndjango==5.2.19")
    assert ADDRESS.search("thing @ https://example.org/thing.whl")
    assert not ADDRESS.search("django==5.2.19 \\\n    --hash=sha256:00\n    # via guiju (pyproject.toml)\n")


def test_a_translated_message_is_in_order():
    assert _wrong(message("due on %(day)s", ""), message("due on %(day)s", "到期日 %(day)s")) == []


def test_missing_fuzzy_and_empty_translations_are_refused():
    asked = message("Close", "")
    assert _wrong(asked, None) == ["not collected: 'Close'"]
    assert _wrong(asked, message("Close", "关闭", flags=["fuzzy"])) == ["fuzzy: 'Close'"]
    assert _wrong(asked, message("Close", "")) == ["not translated: 'Close'"]


def test_a_translation_must_use_the_names_of_the_message():
    assert _wrong(message("due on %(day)s", ""), message("due on %(day)s", "到期日 %(date)s")) == [
        "other names in: 'due on %(day)s'"
    ]
