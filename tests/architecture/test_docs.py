"""What the pages of docs/ point to is there, and those written from the code are what it says."""

import re
import subprocess
import sys
import tomllib

import pytest

from scripts import promises
from tests.architecture.source import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def test_every_link_between_pages_leads_somewhere():
    links = [(page, link) for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert links
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_settings_commands_workflows_and_evidence_are_described_as_the_code_has_them():
    done = subprocess.run([sys.executable, "scripts/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# Requirements of levels 1 and 2 of OWASP ASVS 5.0.0 by section, chapters V1 to V8 and V12 to V16.
ASVS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1-1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2 4.1:1-3
4.2:1-1 4.3:1-2 4.4:1-4 5.1:1-1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3
7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1-1 8.4:1-1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1-1 13.2:1-5
13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1-1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3
"""


def test_each_requirement_of_the_verification_standard_is_answered():
    asked = set()
    for section, first, last in re.findall(r"(\S+):(\d+)-(\d+)", ASVS):
        asked |= {f"V{section}.{number}" for number in range(int(first), int(last) + 1)}
    rows = tomllib.loads((ROOT / "docs/promises/security.toml").read_text(encoding="utf-8"))["row"]
    assert len({one["id"] for one in rows}) == len(rows)
    assert asked - {one["id"] for one in rows} == set()
    assert {one["id"] for one in rows if one["level"] < 3} == asked


def test_a_promise_that_names_no_test_that_is_there_is_refused(tmp_path):
    row = '[[row]]\nid = "V1"\nlevel = 1\npromise = "x"\nstate = "met"\nhow = "so"\ntests = ["test_x::test_that_is_not_there"]\n'
    (tmp_path / "a.toml").write_text('title = "x"\nabout = "x"\n' + row)
    with pytest.raises(ValueError, match="V1: there is no test test_x::test_that_is_not_there"):
        promises.page(tmp_path / "a.toml", "")
