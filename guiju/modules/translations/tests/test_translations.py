"""One document, both languages: a translation is of a revision, checked by another, and stale when its source moved."""

import pytest
from django.test import Client

from guiju.modules.documents import jobs, services
from guiju.modules.translations import prints
from guiju.modules.translations import services as translations
from guiju.modules.translations.models import Translation
from guiju.spine.acts import Conflict, NotPermitted, Refused
from guiju.spine.notices.models import Notice
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.record_page import history
from guiju.spine.search.services import find
from guiju.spine.trail.verify import verify

CHINESE = {"title": "老化", "text": "台灯在45℃下**点亮四小时。**"}


@pytest.fixture
def translated(draft, team, as_):
    with as_(team.wei):
        return translations.translate(draft, "zh-hans", CHINESE)


def approve(document, team, take):
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


def test_a_translation_is_of_a_revision(draft, translated, team, as_):
    with as_(team.wei):
        assert [(one.language, one.source.label) for one in translations.of(draft)] == [("zh-hans", "1")]
        assert not translations.is_stale(translated, draft)


def test_it_is_stale_when_people_go_by_a_later_revision(draft, translated, team, as_, take):
    document = approve(draft, team, take)
    document = take(document, "revise", team.wei, reason="Six hours")
    with as_(team.wei):
        document = services.change(document, {"text": "Six hours."})
        assert not translations.is_stale(translated, document)
    document = approve(document, team, take)
    with as_(team.wei):
        assert translations.is_stale(translations.of(document)[0], document)
        translations.translate(document, "zh-hans", {**CHINESE, "text": "六小时。"})
        assert not translations.is_stale(translations.of(document)[0], document)
        assert Translation.objects.count() == 2


def test_who_translated_is_told_that_the_source_moved(draft, translated, team, as_, take):
    document = take(approve(draft, team, take), "revise", team.wei, reason="Six hours")
    approve(document, team, take)
    with as_(team.wei):
        assert Notice.objects.filter(person_id=team.wei.id, key__contains="translation is stale").count() == 1


def test_another_person_checks_it(draft, translated, team, as_):
    with as_(team.wei), pytest.raises(NotPermitted, match="another person"):
        translations.check(translated, draft)
    with as_(team.min):
        assert translations.check(translated, draft).checked_by_id == team.min.id
        with pytest.raises(Conflict):
            translations.check(translated, draft)


def test_changed_it_has_to_be_checked_anew(draft, translated, team, as_):
    with as_(team.min):
        translations.check(translated, draft)
    with as_(team.wei):
        assert translations.translate(draft, "zh-hans", {**CHINESE, "text": "五小时。"}).checked_at is None
        assert list(verify()) == []


def test_a_document_is_not_translated_into_its_own_language(draft, team, as_):
    with as_(team.wei), pytest.raises(Refused, match="written in"):
        translations.translate(draft, "en", {"title": "x", "text": "y"})


@pytest.mark.parametrize("language", ["fr", "other", ""])
def test_an_unknown_language_is_refused(draft, team, as_, language):
    with as_(team.wei), pytest.raises(Refused, match="no such language"):
        translations.translate(draft, language, {"title": "x", "text": "y"})


def test_a_translation_needs_content(draft, team, as_):
    with as_(team.wei), pytest.raises(Refused, match="text or a file"):
        translations.translate(draft, "zh-hans", {"title": "x", "text": " "})


def test_it_is_found_by_its_words(draft, translated, team, as_):
    with as_(team.wei):
        jobs.read_texts(draft)
        assert [hit.number for hit in find("点亮四小时")] == ["QP-01"]


@pytest.fixture
def browser(team):
    def of(member):
        client = Client()
        client.force_login(member.person)
        return client

    return of


def test_a_reader_is_led_to_their_language(draft, translated, team, browser):
    tang = browser(team.tang)
    shown = tang.get("/lanzhu/documents/QP-01/", HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "/lanzhu/documents/QP-01/translation/zh-hans/" in shown
    page = tang.get("/lanzhu/documents/QP-01/translation/zh-hans/").content.decode()
    assert "<strong>点亮四小时。</strong>" in page and "not checked" in page and 'lang="zh-CN"' in page


def test_it_is_written_and_checked_on_pages(draft, team, browser, as_):
    wei = browser(team.wei)
    assert wei.get("/lanzhu/documents/QP-01/translation/zh-hans/").status_code == 302
    assert "four hours" in wei.get("/lanzhu/documents/QP-01/translation/zh-hans/change/").content.decode()
    assert wei.post("/lanzhu/documents/QP-01/translation/zh-hans/change/", {"title": "老化"}).status_code == 422
    assert wei.post("/lanzhu/documents/QP-01/translation/zh-hans/change/", CHINESE).status_code == 302
    assert wei.post("/lanzhu/documents/QP-01/translation/zh-hans/check/").status_code == 403
    assert browser(team.min).post("/lanzhu/documents/QP-01/translation/zh-hans/check/").status_code == 302
    assert "checked" in browser(team.tang).get("/lanzhu/documents/QP-01/translation/zh-hans/").content.decode()


@pytest.mark.parametrize("path", ["translation/fr/", "translation/zh-hans/", "translation/other/change/"])
def test_what_is_not_there_is_a_404(draft, team, browser, path):
    assert browser(team.tang).get(f"/lanzhu/documents/QP-01/{path}").status_code == 404


def test_translating_and_checking_stand_in_the_history_of_the_document(draft, translated, team, as_):
    with as_(team.min):
        translations.check(translated, draft)
        told = [one["sentence"] for one in history(by_key("documents"), draft)]
    named = f"Chinese: {CHINESE['title']}."
    assert told[:2] == [f"{team.min.person} checked the translation. {named}", f"{team.wei.person} translated it. {named}"]


def test_what_only_an_unchecked_translation_says_is_found_behind_and_said_to_be_so(draft, translated, team, as_, take):
    approve(draft, team, take)
    with as_(team.wei):
        services.draft({"title": "Tests", "kind": "procedure", "language": "zh-hans", "text": "每台点亮四小时。"})
        for document in type(draft).objects.all():
            jobs.read_texts(document)
    client = Client()
    client.force_login(team.wei.person)
    found = client.get("/lanzhu/search/?q=四小时").content.decode()
    assert found.index(">Tests<") < found.index(">Ageing<")
    assert "Found in the translation into Chinese, which is not checked" in found
    with as_(team.min):
        translations.check(translated, draft)
    found = client.get("/lanzhu/search/?q=四小时").content.decode()
    assert found.index(">Ageing<") < found.index(">Tests<")
    assert "Found in the translation into Chinese</p>" in found
    assert "translation into" not in client.get("/lanzhu/search/?q=four+hours").content.decode()


def test_a_checked_translation_is_printed_with_a_cover_that_says_of_what_it_is_one(draft, translated, team, as_):
    wei = Client()
    wei.force_login(team.wei.person)
    here = "/lanzhu/documents/QP-01/"
    assert wei.get(f"{here}print/?part=zh-1&language=zh-hans").status_code == 404
    assert "print/?part=zh-1" not in wei.get(f"{here}translation/zh-hans/").content.decode()
    with as_(team.min):
        translations.check(translated, draft)
    assert "print/?part=zh-1" in wei.get(f"{here}translation/zh-hans/").content.decode()
    assert "Translation of revision 1" in wei.get(f"{here}print/?part=zh-1&language=zh-hans").content.decode()
    with as_(team.wei):
        sheet = prints.of_record(draft, "zh", 1)
        assert sheet.text == CHINESE["text"] and sheet.title == "老化" and sheet.seals == []
        assert "Checked by Zhou Min on" in sheet.notes[0] and "Translation of revision 1" in sheet.notes[0]


def test_the_way_to_a_translation_says_when_nobody_has_checked_it(draft, translated, team):
    wei = Client(headers={"accept-language": "zh-hans"})
    wei.force_login(team.tang.person)
    wei.cookies["guiju_language"] = "zh-hans"
    shown = wei.get("/lanzhu/documents/QP-01/").content.decode()
    assert "老化" in shown and ("未核对" in shown or "not checked" in shown)
