"""People as forms offer them."""

from django import forms
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from guiju.conftest import join, make_person
from guiju.organizations.choices import MemberField, MembersField
from guiju.organizations.models import Department, Membership


class Form(forms.Form):
    people = MembersField(required=False)
    person = MemberField(required=False)


def placed(username: str, department: Department) -> Membership:
    row = Membership.objects.get(person__username=username)
    row.department = department
    row.save()
    return row


def drawn() -> str:
    return render_to_string("registers/_field.html", {"field": Form()["people"]})


def test_a_person_stands_beside_their_department(as_wei):
    hall = Department(name="Assembly", name_zh="装配")
    hall.save()
    placed("tang", hall)
    assert '<span class="gj-second gj-sm">Assembly</span>' in drawn()
    with translation.override("zh-hans"):
        assert '<span class="gj-second gj-sm">装配</span>' in drawn()


def test_a_person_is_found_by_either_name_user_name_and_department(as_wei):
    hall = Department(name="Assembly", name_zh="装配")
    hall.save()
    placed("tang", hall)
    assert 'data-also="Tang Li 唐丽 tang Assembly 装配"' in drawn()


def test_as_many_people_as_there_may_be_are_offered_in_two_statements(as_wei):
    for n in range(20):
        join(as_wei.organization, make_person(f"p{n}", f"Person {n}"))
    with CaptureQueriesContext(connection) as queries:
        assert drawn().count('type="checkbox"') == 23
    assert len(queries) == 2


def test_where_one_is_chosen_a_filter_stands_by_that_only_a_script_shows(as_wei):
    shown = render_to_string("registers/_field.html", {"field": Form()["person"]})
    assert '<div class="gj-many-tools" hidden>' in shown and 'aria-controls="id_person"' in shown
    assert 'data-also="Tang Li 唐丽 tang"' in shown and "<select" in shown
