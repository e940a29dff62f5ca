"""Verifying is kept, and what it finds is told to those who answer for the trail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from guiju.organizations import jobs, verifying
from guiju.spine.acts import act
from guiju.spine.notices.models import Notice
from guiju.spine.trail.models import Verification


def alter_a_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organizations_role SET name = 'altered' WHERE key = 'own-tang'")


def told() -> list[str]:
    return sorted(Notice.everywhere.values_list("person__username", flat=True))


def test_a_verification_is_kept_with_how_it_ended(lanzhu):
    verifying.verify_and_tell()
    row = Verification.everywhere.get()
    assert (row.findings, row.chain_only) == (0, False)
    assert row.began_at <= row.ended_at


def test_a_verification_without_findings_tells_nobody(lanzhu):
    verifying.verify_and_tell()
    assert told() == []


def test_a_finding_is_told_to_those_who_answer_for_the_trail(lanzhu):
    alter_a_role()
    found = []
    verifying.verify_and_tell(found=found.append)
    assert len(found) == Verification.everywhere.get().findings == 1
    assert told() == ["min", "wei"]


def test_it_is_told_in_the_readers_words_with_how_many(lanzhu):
    alter_a_role()
    verifying.verify_and_tell()
    with act(lanzhu.organization, lanzhu.wei):
        assert "(findings: 1)" in str(Notice.objects.first())


def test_the_same_findings_are_told_once(lanzhu):
    alter_a_role()
    for _ in range(2):
        verifying.verify_and_tell()
    assert told() == ["min", "wei"]


def test_findings_are_told_in_every_organization_since_the_database_is_one(lanzhu, other):
    alter_a_role()
    verifying.verify_and_tell()
    assert told() == ["eve", "min", "wei"]


@pytest.fixture
def nightly(lanzhu):
    with act(None):
        yield jobs.verify_trail


def test_the_first_night_goes_into_depth(nightly):
    nightly()
    assert [row.chain_only for row in Verification.everywhere.all()] == [False]


def test_the_next_night_walks_the_chain_alone(nightly):
    nightly()
    nightly()
    assert [row.chain_only for row in Verification.everywhere.order_by("id")] == [False, True]


def test_after_a_week_the_night_goes_into_depth_again(nightly):
    at = timezone.now() - timedelta(days=7)
    Verification(began_at=at, ended_at=at, chain_only=False, findings=0).save()
    nightly()
    assert [row.chain_only for row in Verification.everywhere.order_by("id")] == [False, False]
