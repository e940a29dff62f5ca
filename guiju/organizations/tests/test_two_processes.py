"""Several processes guess at once against one database: together they are heard five times, not five times each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from guiju.conftest import make_person
from guiju.organizations.models import FailedSignIn

ROOT = Path(__file__).resolve().parents[3]
GUESS = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import RequestFactory
from guiju.organizations.backend import SignInBackend
from guiju.organizations.throttle import TooManyFailures
from guiju.spine.acts import act
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9")
heard = refused = 0
sys.stdin.readline()
for n in range(6):
    try:
        with act(None):
            assert SignInBackend().authenticate(request, login="wei", password=f"wrong {n}") is None
        heard += 1
    except TooManyFailures:
        refused += 1
print(json.dumps([heard, refused]))
"""


def environment():
    """That of a process which works with the tests' own database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    else:
        url = f"postgres://{settings['USER']}@/{settings['NAME']}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "guiju.project.settings"}


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_two_processes_together_are_heard_five_times():
    make_person("wei", "Chen Wei")
    connection.close()
    command = [sys.executable, "-c", GUESS]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _process in range(2)
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120)[0] for process in started]
    heard, refused = map(sum, zip(*(json.loads(answer) for answer in answers), strict=True))
    assert (heard, refused) == (5, 7)
    assert sum(FailedSignIn.objects.values_list("count", flat=True)) == 5
