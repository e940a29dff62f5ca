"""A shared terminal shows what is in force and nothing else; number and PIN confirm a reading and sign nothing."""

import pytest
from django.test import Client

from guiju.modules.documents import services as documents
from guiju.modules.readings import audience
from guiju.modules.readings.forms import DistributionForm
from guiju.modules.readings.models import Reading
from guiju.modules.terminals import badges, services
from guiju.modules.terminals.models import Badge
from guiju.modules.terminals.station import COOKIE
from guiju.modules.translations import services as translations
from guiju.organizations.models import Department, Membership, Role
from guiju.organizations.throttle import TooManyFailures
from guiju.spine.acts import NotPermitted, Refused
from guiju.spine.signatures.services import Proof, prove
from guiju.spine.trail.models import Entry
from guiju.spine.trail.verify import verify

PIN = "294617"


@pytest.fixture
def in_force(draft, team, take, as_):
    """QP-01, that goes to Tang and is in force; QP-02 is a draft."""
    with as_(team.wei):
        audience.distribute(draft, people=[team.tang.person])
        documents.draft({"title": "Only a draft", "kind": "procedure", "language": "en", "text": "Secret draft."})
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


@pytest.fixture
def tangs_pin(team, as_):
    with as_(team.wei):
        badges.give_number(Membership.objects.get(person=team.tang.person), "1042")
    with as_(team.tang):
        badges.set_pin(PIN, Proof(team.tang.id, "password"))


@pytest.fixture
def device(team, as_) -> Client:
    """A device that has been made a terminal."""
    with as_(team.wei):
        _terminal, secret = services.make("Hall 1", None)
    client = Client()
    assert client.post(f"/terminal/start/{secret}/").status_code == 302
    return client


def test_a_device_becomes_a_terminal_only_when_it_is_said(team, as_):
    with as_(team.wei):
        _terminal, secret = services.make("Hall 1", None)
    client = Client()
    assert "Hall 1" in client.get(f"/terminal/start/{secret}/").content.decode()
    assert COOKIE not in client.cookies
    assert client.get("/terminal/").status_code == 403


def test_it_shows_what_is_in_force_and_nothing_else(in_force, device):
    shown = device.get("/terminal/").content.decode()
    assert "QP-01" in shown and "Only a draft" not in shown
    assert "four hours" in device.get("/terminal/QP-01/").content.decode()
    assert device.get("/terminal/QP-02/").status_code == 404


def test_while_a_revision_is_drafted_the_one_in_force_is_shown(in_force, device, team, take, as_):
    document = take(in_force, "revise", team.wei, reason="Six hours")
    with as_(team.wei):
        documents.change(document, {"text": "Lamps burn for six hours."})
    shown = device.get("/terminal/QP-01/").content.decode()
    assert "four hours" in shown and "six hours" not in shown


def test_what_is_withdrawn_is_gone(in_force, device, team, take):
    take(in_force, "withdraw", team.wei, reason="x")
    assert device.get("/terminal/QP-01/").status_code == 404
    assert "QP-01" not in device.get("/terminal/").content.decode()


def test_a_terminal_of_a_department_shows_what_goes_there(in_force, team, as_):
    with as_(team.wei):
        hall = Department(name="Hall")
        hall.save()
        line = Department(name="Line", parent=hall)
        line.save()
        _terminal, secret = services.make("Line 1", line)
    client = Client()
    client.post(f"/terminal/start/{secret}/")
    assert "QP-01" not in client.get("/terminal/").content.decode()
    with as_(team.wei):
        audience.distribute(in_force, departments=[hall])
    assert "QP-01" in client.get("/terminal/").content.decode()


def test_a_terminal_of_a_department_shows_what_its_people_and_their_roles_are_to_read(in_force, team, as_, draft, take):
    with as_(team.wei):
        line = Department(name="Line")
        line.save()
        hua = Membership.objects.get(person=team.hua.person)
        _terminal, secret = services.make("Line 1", line)
        audience.distribute(in_force, roles=[Role.objects.get(key="own-hua")])
    client = Client()
    client.post(f"/terminal/start/{secret}/")
    assert "QP-01" not in client.get("/terminal/").content.decode()
    with as_(team.wei):
        hua.department = line
        hua.save()
    assert "QP-01" in client.get("/terminal/").content.decode()
    with as_(team.wei):
        audience.distribute(in_force, people=[team.hua.person])
    assert "QP-01" in client.get("/terminal/").content.decode()


@pytest.fixture
def referring(in_force, team, take, as_):
    """QP-03, in force for all, that names QP-01, which is in force, and QP-02, a draft."""
    with as_(team.wei):
        values = {"title": "Lamps", "kind": "procedure", "language": "en", "text": "As [[QP-01]] and [[QP-02]] say."}
        document = documents.draft(values)
        audience.distribute(document, people=[team.tang.person])
    take(document, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


def test_a_number_in_a_text_leads_to_what_is_shown_there_and_nowhere_else(referring, device, tangs_pin):
    shown = device.get("/terminal/QP-03/").content.decode()
    to_confirm = who(device, path="/terminal/QP-03/").content.decode()
    for page in (shown, to_confirm):
        assert 'href="/terminal/QP-01/"' in page and "and QP-02 say" in page
        assert "/lanzhu/" not in page and "gj-reference-missing" not in page


def test_pages_that_are_opened_by_their_address_stay_at_the_terminal_and_lead_back(in_force, device):
    asked = device.get("/terminal/QP-01/confirm/")
    assert asked.status_code == 200 and 'href="/terminal/QP-01/"' in asked.content.decode()
    assert device.get("/terminal/QP-01/confirmed/").headers["Location"] == "/terminal/QP-01/"
    late = device.post("/terminal/QP-01/confirmed/", {"token": "x"})
    assert late.status_code == 422 and 'class="gj-station"' in late.content.decode()
    assert 'href="/terminal/QP-01/"' in late.content.decode()


def test_whoever_works_where_a_terminal_stands_finds_where_to_set_a_pin(in_force, device, team, as_):
    tang = Client()
    tang.force_login(team.tang.person)
    assert "no personnel number yet" in tang.get("/account/").content.decode()
    with as_(team.wei):
        badges.give_number(Membership.objects.get(person=team.tang.person), "1042")
    assert "/lanzhu/terminals/pin/" in tang.get("/account/").content.decode()
    assert "/lanzhu/terminals/pin/" in tang.get("/lanzhu/documents/QP-01/read/").content.decode()
    assert "1042" in tang.get("/lanzhu/notices/").content.decode()
    with as_(team.tang):
        badges.set_pin(PIN, Proof(team.tang.id, "password"))
    assert "number 1042, PIN set" in tang.get("/account/").content.decode()


def test_a_terminal_opens_nothing_that_needs_a_person(in_force, device):
    for path in ("/lanzhu/", "/lanzhu/documents/", "/lanzhu/documents/QP-01/"):
        assert device.get(path).status_code == 302
    assert device.get("/api/v1/lanzhu/documents/").status_code == 401


def test_a_withdrawn_terminal_shows_nothing(in_force, device, team, as_):
    with as_(team.wei):
        services.withdraw(services.Terminal.objects.get())
    assert device.get("/terminal/").status_code == 403


def word(answer, name="token") -> str:
    return answer.content.decode().partition(f'name="{name}" value="')[2].partition('"')[0]


def form_of(device, number="1042", pin=PIN, path="/terminal/QP-01/") -> dict[str, str]:
    return {"number": number, "pin": pin, "once": word(device.get(path), "once")}


def who(device, number="1042", pin=PIN, path="/terminal/QP-01/"):
    return device.post(f"{path}confirm/", form_of(device, number, pin, path), follow=True)


def confirm(device, answer):
    return device.post("/terminal/QP-01/confirmed/", {"token": word(answer)}, follow=True)


def test_number_and_pin_that_are_sent_a_second_time_recognize_nobody(in_force, device, tangs_pin):
    sent = form_of(device)
    first = device.post("/terminal/QP-01/confirm/", sent)
    assert first.status_code == 302 and "no-store" in first.headers["Cache-Control"]
    device.get("/terminal/me/leave/")
    again = device.post("/terminal/QP-01/confirm/", sent)
    assert again.status_code == 409 and "sent once before" in again.content.decode()
    assert 'href="/terminal/"' in again.content.decode()
    assert "You are" not in device.get("/terminal/QP-01/confirm/").content.decode()


@pytest.mark.parametrize("left", ["/terminal/me/leave/", "/terminal/", "/terminal/QP-01/"])
def test_whoever_left_cannot_be_confirmed_for(in_force, device, tangs_pin, team, as_, left):
    answer = who(device)
    device.get(left)
    assert confirm(device, answer).status_code == 422
    assert "Who are you?" in device.get("/terminal/QP-01/confirm/").content.decode()
    with as_(team.wei):
        assert Reading.objects.get(person=team.tang.id).confirmed_at is None


def test_whoever_takes_too_long_has_left(in_force, device, tangs_pin, monkeypatch):
    answer = who(device)
    monkeypatch.setattr("guiju.modules.terminals.visits.MINUTES", -1)
    assert confirm(device, answer).status_code == 422
    monkeypatch.undo()
    assert "Who are you?" in device.get("/terminal/QP-01/confirm/").content.decode()


def test_confirming_ends_it(in_force, device, tangs_pin):
    answer = who(device)
    assert "Thank you, Tang Li" in confirm(device, answer).content.decode()
    for path in ("/terminal/QP-01/confirm/", "/terminal/QP-01/confirmed/", "/terminal/me/read/"):
        assert "Tang Li" not in device.get(path, follow=True).content.decode()


def test_number_and_pin_show_what_somebody_has_to_read(in_force, device, tangs_pin):
    path = "/terminal/me/read/"
    sent = {"number": "1042", "pin": PIN, "once": word(device.get(path), "once")}
    shown = device.post(path, sent, follow=True).content.decode()
    assert "You are Tang Li." in shown and 'href="/terminal/QP-01/confirm/"' in shown
    assert "I have read and understood" in device.get("/terminal/QP-01/confirm/").content.decode()


def test_a_person_confirms_with_number_and_pin(in_force, device, tangs_pin, team, as_):
    answer = who(device)
    assert answer.status_code == 200 and "You are Tang Li." in answer.content.decode()
    done = confirm(device, answer)
    assert "Thank you, Tang Li" in done.content.decode()
    with as_(team.wei):
        row = Reading.objects.get(person=team.tang.id)
        assert row.how == "terminal" and row.confirmed_at is not None
        assert Entry.objects.filter(record=row.pk, action="read").get().actor == team.tang.id
        assert list(verify()) == []


def test_after_it_nobody_is_signed_in(in_force, device, tangs_pin):
    confirm(device, who(device))
    assert device.get("/lanzhu/").status_code == 302
    assert device.post("/terminal/QP-01/confirmed/", {"token": ""}).status_code == 422


def test_who_is_not_asked_is_told(in_force, device, team, as_):
    with as_(team.wei):
        badges.give_number(Membership.objects.get(person=team.jun.person), "7")
    with as_(team.jun):
        badges.set_pin(PIN, Proof(team.jun.id, "password"))
    assert "You are not asked to read this" in who(device, "7").content.decode()


@pytest.mark.parametrize(("number", "pin"), [("1042", "294618"), ("9999", PIN), ("", ""), ("1042", "")])
def test_a_wrong_number_or_pin_says_only_that_they_do_not_fit(in_force, device, tangs_pin, number, pin):
    answer = who(device, number, pin)
    assert answer.status_code == 422 and "You are Tang Li" not in answer.content.decode()


def test_a_pin_tried_a_hundred_times_is_not_found(in_force, device, tangs_pin, team, as_):
    codes = {who(device, pin=f"{pin:06d}").status_code for pin in range(100)}
    assert codes == {422, 429}
    assert who(device).status_code == 429
    with as_(team.wei), pytest.raises(TooManyFailures):
        badges.recognize("1042", PIN, "127.0.0.0/24")


def test_a_pin_signs_nothing(tangs_pin, team, as_):
    with as_(team.tang), pytest.raises(Refused):
        prove(PIN)


@pytest.mark.parametrize("pin", ["12345", "123456", "654321", "111111", "121212", "29461x", "١٢٣٤٥٦", "2946170000000"])
def test_a_pin_that_is_tried_first_is_refused(tangs_pin, team, as_, pin):
    with as_(team.tang), pytest.raises(Refused):
        badges.set_pin(pin, Proof(team.tang.id, "password"))


def test_a_pin_is_set_by_the_person_alone(tangs_pin, team, as_):
    with as_(team.wei), pytest.raises(NotPermitted):
        badges.set_pin(PIN, Proof(team.tang.id, "password"))
    with as_(team.tang), pytest.raises(NotPermitted):
        badges.set_pin(PIN, None)


def test_a_number_belongs_to_one_person(tangs_pin, team, as_):
    with as_(team.wei), pytest.raises(Refused, match="Somebody else"):
        badges.give_number(Membership.objects.get(person=team.jun.person), "1042")


def test_whoever_left_is_not_recognized(in_force, device, tangs_pin, team, as_):
    with as_(team.wei):
        membership = Membership.objects.get(person=team.tang.person)
        membership.active = False
        membership.save()
    assert who(device).status_code == 422


def test_a_token_of_another_terminal_or_document_confirms_nothing(in_force, device, tangs_pin, team, as_, take):
    known = word(who(device))
    with as_(team.wei):
        _terminal, secret = services.make("Hall 2", None)
    other = Client()
    other.post(f"/terminal/start/{secret}/")
    assert other.post("/terminal/QP-01/confirmed/", {"token": known}).status_code == 422
    assert device.post("/terminal/QP-01/confirmed/", {"token": known + "x"}).status_code == 422
    with as_(team.wei):
        assert Reading.objects.get(person=team.tang.id).confirmed_at is None


def test_terminals_are_made_and_numbers_given_on_a_page(team, as_):
    wei, tang = Client(), Client()
    wei.force_login(team.wei.person)
    tang.force_login(team.tang.person)
    made = wei.post("/lanzhu/terminals/", {"name": "Hall 1"}).content.decode()
    assert "/terminal/start/" in made
    assert wei.post(f"/lanzhu/terminals/numbers/{team.tang.id}/", {"number": "1042"}).status_code == 302
    assert tang.get("/lanzhu/terminals/").status_code == 403
    sent = {"password": "bamboo-lamp-42", "pin": PIN, "again": PIN}
    assert tang.post("/lanzhu/terminals/pin/", {**sent, "again": "1"}).status_code == 422
    assert tang.post("/lanzhu/terminals/pin/", {**sent, "password": "wrong"}).status_code == 422
    assert tang.post("/lanzhu/terminals/pin/", sent).status_code == 302
    with as_(team.wei):
        assert Badge.objects.get().pin_set_at is not None
    assert "PIN set" in wei.get("/lanzhu/terminals/").content.decode()


def test_the_pin_is_not_on_the_trail(tangs_pin, team, as_):
    with as_(team.wei):
        badge = Badge.objects.get()
        texts = Entry.objects.filter(record=badge.pk).values_list("text", "payloads__values")
        assert badge.pin and not any(PIN in (text or "") or badge.pin in (values or "") for text, values in texts)


def test_where_people_are_chosen_their_number_finds_them(tangs_pin, team, as_):
    with as_(team.wei):
        field = DistributionForm().fields["people"]
        assert "1042" in field.widget.beside(field.queryset.get(pk=team.tang.id)).also.split()


def test_in_the_language_of_the_terminal_the_checked_translation_is_read_and_confirmed(in_force, device, tangs_pin, team, as_):
    with as_(team.wei):
        made = translations.translate(in_force, "zh-hans", {"title": "老化", "text": "灯具点亮**四小时**。"})
    device.cookies["guiju_language"] = "zh-hans"
    assert "灯具点亮" not in device.get("/terminal/QP-01/").content.decode(), "it is not checked yet"
    with as_(team.min):
        translations.check(made, in_force)
    shown = device.get("/terminal/QP-01/").content.decode()
    assert "灯具点亮" in shown and "周敏" in shown and "four hours" not in shown
    assert "four hours" in device.get("/terminal/QP-01/?source=1").content.decode()
    answer = who(device)
    assert "灯具点亮" in answer.content.decode()
    assert confirm(device, answer).status_code == 200
    with as_(team.wei):
        row = Reading.objects.get(person=team.tang.id)
        assert row.confirmed_at is not None and row.language == "zh-hans"
        assert [one["text"] for one in row.shown] == ["老化", "灯具点亮四小时。"]
        assert list(verify()) == []
