"""The demonstration: made once, whole or not at all, and never in a database that is something else."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.conftest import make_organization
from guiju.organizations.models import Organization, Person
from guiju.organizations.parameters import set_parameter
from guiju.project import demo
from guiju.project.sample.people import PASSWORD, PEOPLE, SLUG
from guiju.spine.acts import Conflict, act
from tests.plugin import ON_POSTGRES
from tests.served import Store, databases


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """An installation of which there is only the folder."""
    store = Store(tmp_path / "data", f"demo_{time.monotonic_ns()}" if ON_POSTGRES else "")
    store.folder.mkdir()
    if store.database:
        databases().create(store.database)
    yield store
    store.remove()


def begin(store: Store, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "guiju.project.cli", *words, "--data", str(store.folder)]
    return subprocess.Popen(command, env=store.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    said = process.communicate(timeout=120)
    return process.returncode, "".join(said)


def test_an_empty_database_is_no_demonstration(db):
    assert not demo.is_demo()


def test_a_database_in_use_for_something_else_is_refused_and_stays_as_it_is(db):
    make_organization("bamboo")
    with pytest.raises(Conflict):
        demo.make(lambda text: None)
    assert list(Organization.objects.values_list("slug", flat=True)) == ["bamboo"]
    assert not demo.is_demo()


def test_an_organization_of_the_same_address_is_no_demonstration_and_is_refused(db):
    make_organization(SLUG)
    assert not demo.is_demo()
    with pytest.raises(Conflict):
        demo.make(lambda text: None)


def test_a_marked_sample_is_a_demonstration_and_is_left_as_it_is(db):
    organization = make_organization(SLUG, sample=True)
    assert not demo.is_demo()
    with act(organization):
        set_parameter(demo.MARK, True)
    assert demo.is_demo()
    demo.make(lambda text: None)
    assert not Person.objects.exists()


def test_it_is_made_once_and_greets_with_who_can_sign_in(db):
    said: list[str] = []
    demo.make(said.append)
    made = Person.objects.count()
    demo.make(said.append)
    assert Person.objects.count() == made == len(PEOPLE)
    demo.greet(8123, said.append)
    greeting = "\n".join(said)
    assert "http://localhost:8123" in greeting
    assert PASSWORD in greeting
    assert all(someone.username in greeting and someone.position in greeting for someone in PEOPLE)


@pytest.mark.server
def test_a_making_that_is_killed_leaves_nothing_behind_and_is_made_anew(empty):
    killed = begin(empty, "demo", "--prepare")
    assert killed.stderr is not None
    while "Making" not in killed.stderr.readline():
        assert killed.poll() is None
    time.sleep(1)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    status, said = end(begin(empty, "demo", "--prepare"))
    assert (status, "is made" in said) == (0, True), said
    status, said = end(begin(empty, "trail", "verify"))
    assert status == 0, said
