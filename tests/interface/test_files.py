"""Rules for every template and sheet of the interface, read from the files themselves."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "guiju").rglob("templates/**/*.html"))
SHEETS = sorted((ROOT / "guiju/static/guiju").glob("*.css"))
SPRITE = (ROOT / "guiju/static/vendor/icons.svg").read_text()


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "guiju"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_template_has_a_style_or_script_of_its_own(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_form_that_posts_carries_the_token_against_forgery(path: Path) -> None:
    for form in re.split(r"(?=<form)", path.read_text())[1:]:
        if re.match(r'<form[^>]*method="post"', form):
            assert "{% csrf_token %}" in form.split("</form>")[0]


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_icon_asked_for_is_in_the_sprite(path: Path) -> None:
    for name in re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text()):
        assert f'<symbol id="{name}"' in SPRITE


@pytest.mark.parametrize("path", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_are_named_in_the_tokens_only(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert not [found for found in re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\([^)]*\)", text) if found.lower() not in {"#fff"}]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheets_fetch_nothing_but_the_tick_of_a_box(path: Path) -> None:
    assert not re.search(r"url\(|@import", path.read_text().replace('url("tick.svg")', ""))


def test_a_first_visit_stays_light() -> None:
    head = (ROOT / "guiju/templates/_head.html").read_text()
    first = [sheet for sheet in SHEETS if f"guiju/{sheet.name}" in head]
    assert len(first) >= 5
    assert sum(len(sheet.read_bytes()) for sheet in first) < 94_000
