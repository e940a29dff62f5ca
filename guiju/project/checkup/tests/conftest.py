"""The people who see the page of health, and what it says."""

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.conftest import join, make_person
from guiju.project.checkup.line import Line


@pytest.fixture
def rui(lanzhu) -> Client:
    """The administrator of Lanzhu, signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(join(lanzhu.organization, make_person("rui", "Sun Rui"), "people.*", "organization.*").person)
    return client


@pytest.fixture
def line(rui) -> Callable[[str], Line]:
    """The line of the page by its name."""

    def asked(name: str) -> Line:
        answer = rui.get("/lanzhu/health/")
        assert answer.status_code == 200
        return next(one for one in [*answer.context["first"], *answer.context["rest"]] if one.name == name)

    return asked
