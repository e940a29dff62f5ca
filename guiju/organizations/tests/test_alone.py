"""Who works alone: by the trail, not by what somebody says."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from guiju.conftest import join, make_organization, make_person
from guiju.organizations.alone import alone_for, alone_now
from guiju.organizations.models import Grant
from guiju.spine.acts import act


def founded(days_ago: int):
    with time_machine.travel(timezone.now() - timedelta(days=days_ago)):
        organization = make_organization("solo")
        return organization, join(organization, make_person("ann", "Ann Alone"), "*")


def test_one_writer_for_long_enough_is_alone(db):
    organization, ann = founded(40)
    with act(organization, ann):
        assert alone_for(ann.id, 30)


def test_an_organization_younger_than_that_cannot_say(db):
    organization, ann = founded(10)
    with act(organization, ann):
        assert alone_now(ann.id) and not alone_for(ann.id, 30)


def test_a_second_writer_ends_it_a_reader_does_not(db):
    organization, ann = founded(40)
    join(organization, make_person("rob", "Rob Reader"), "documents.view", "documents.comment")
    with act(organization, ann):
        assert alone_for(ann.id, 30)
    join(organization, make_person("will", "Will Writer"), "documents.create")
    with act(organization, ann):
        assert not alone_now(ann.id) and not alone_for(ann.id, 30)


def test_a_writer_who_lost_the_right_within_the_time_still_counts(db):
    organization, ann = founded(60)
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        join(organization, make_person("will", "Will Writer"), "documents.create")
    with time_machine.travel(timezone.now() - timedelta(days=5)), act(organization, ann):
        grant = Grant.objects.get(membership__person__username="will")
        grant.active = False
        grant.save()
    with act(organization, ann):
        assert alone_now(ann.id)
        assert not alone_for(ann.id, 30)
        assert alone_for(ann.id, 4)
