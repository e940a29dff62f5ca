"""The catalogues of messages: English stands in the source, guiju/locale/zh_Hans holds the translations.

messages.py collect   take over what the source says now (needs GNU gettext); translations are kept
messages.py compile   write django.mo, which is committed, so that an installation needs no gettext
messages.py check     exit status 1 unless every message of the source is translated, with the same names in it, and
                      the compiled catalogue is the one of the text
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "guiju"
LANGUAGES = ("zh_Hans",)
NAMED = re.compile(r"%\((\w+)\)[sd]")


def catalogue(language: str, package: Path = PACKAGE) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(package: Path = PACKAGE) -> None:
    """Django's own collection, run where no settings are needed."""
    options = ["--no-obsolete", "--no-wrap", "--add-location=file", "--ignore=tests/*", "--ignore=static/*"]
    for language in LANGUAGES:
        catalogue(language, package).parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", "--locale", language, *options]
        done = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        _put_head(catalogue(language, package), language)


def _put_head(path: Path, language: str) -> None:
    """Our own head: with a fixed date, since the date of the collection would make every collection a change."""
    head, _, messages = path.read_text(encoding="utf-8").partition("\n\n")
    fields = [line for line in head.splitlines() if line.startswith('"Plural-Forms:')]
    fields = [
        "Project-Id-Version: guiju",
        "POT-Creation-Date: 2026-11-22 00:00+0000",  # without one, the compiled catalogue gets the present minute
        f"Language: {language}",
        "MIME-Version: 1.0",
        *(line.strip('"')[:-2] for line in fields),
    ]
    fields += ["Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    lines = ['msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields)]
    path.write_text("\n".join(lines) + "\n\n" + messages, encoding="utf-8")


def compiled(language: str) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, _read(catalogue(language)))
    return buffer.getvalue()


def compile_all() -> None:
    for language in LANGUAGES:
        catalogue(language).with_suffix(".mo").write_bytes(compiled(language))


def problems() -> list[str]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "guiju"
        shutil.copytree(PACKAGE, fresh, ignore=shutil.ignore_patterns("static", "tests", "__pycache__", "*.mo"))
        collect(fresh)
        for language in LANGUAGES:
            have = {_key(message): message for message in _messages(_read(catalogue(language)))}
            for message in _messages(_read(catalogue(language, fresh))):
                found += [f"{language}: {problem}" for problem in _wrong(message, have.get(_key(message)))]
    found += [f"{language}: django.mo is not what django.po says" for language in LANGUAGES if not _is_compiled(language)]
    return found


def _read(path: Path) -> Catalog:
    with open(path, "rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def _messages(read: Catalog) -> list[Message]:
    return [message for message in read if message.id]


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _forms(message.id)[0]


def _forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _wrong(asked: Message, kept: Message | None) -> list[str]:
    text = _forms(asked.id)[0]
    if kept is None:
        return [f"not collected: {text!r}"]
    if kept.fuzzy:
        return [f"fuzzy: {text!r}"]
    translations = _forms(kept.string)
    if not all(translations):
        return [f"not translated: {text!r}"]
    names = {name for form in _forms(asked.id) for name in NAMED.findall(form)}
    return [f"other names in: {text!r}" for form in translations if set(NAMED.findall(form)) != names]


def _is_compiled(language: str) -> bool:
    path = catalogue(language).with_suffix(".mo")
    return path.exists() and path.read_bytes() == compiled(language)


def main(verbs: list[str]) -> int:
    if not verbs or set(verbs) - {"collect", "compile", "check"}:
        print(__doc__, file=sys.stderr)
        return 2
    if "collect" in verbs:
        collect()
    if "compile" in verbs:
        compile_all()
    found = problems() if "check" in verbs else []
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print(f"{len(found)} messages are not in order; `make messages` collects and compiles.", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
