"""The print of a paper copy says on every page whose it is, in both languages; one that holds no longer is not printed."""

import io

import pypdfium2
import pytest
import time_machine
from pypdf import PdfWriter

from guiju.modules.copies import shown, standing
from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents import services as documents
from guiju.modules.documents.models import Document
from guiju.spine.acts import Conflict, NotFound, NotPermitted, act, write
from guiju.spine.attachments.services import keep
from guiju.spine.prints.models import PrintRun
from guiju.spine.registers import printing
from guiju.spine.registers.declaration import by_key
from guiju.spine.trail import keys
from guiju.spine.trail.models import Entry
from guiju.spine.trail.verify import verify

DAY, DAY_ZH = "3 Aug 2026", "2026年8月3日"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-08-03T04:00:00+00:00", tick=True):
        yield


def printed(document: Document, copy: int, language: str = "en") -> list[str]:
    """The text of each page in one line; in Chinese without spaces, which stand between characters and digits."""
    register = by_key("documents")
    ask = printing.asked(register, Document.objects.get(pk=document.pk), copy, language, "", "copy")
    pdf = pypdfium2.PdfDocument(io.BytesIO(printing.print_now(ask)))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    return [page.replace(" ", "") for page in pages] if language != "en" else pages


def test_a_paper_copy_says_its_number_holder_and_day_instead_of_uncontrolled(in_force, give, team):
    give(in_force, team.tang.person)
    with act(team.organization, team.wei):
        (page,) = printed(in_force, 1)
    assert f"Controlled copy no. 1, Tang Li, issued on {DAY} by Chen Wei." in page
    assert "Uncontrolled" not in page
    for piece in ("Revision 1", "Zhou Min", "Approved", "by Chen Wei", "In force"):
        assert piece in page


def test_the_fingerprint_of_the_installation_stands_on_it(in_force, give, team):
    give(in_force, "Line 2")
    keys.ready()
    with act(team.organization, team.wei):
        assert "".join(keys.fingerprint().split()) in "".join(printed(in_force, 1)[0].split())


def test_it_says_so_in_chinese(in_force, give, team):
    give(in_force, team.tang.person)
    with act(team.organization, team.wei):
        (page,) = printed(in_force, 1, "zh-hans")
    assert f"受控副本第1号，唐丽，由陈玮于{DAY_ZH}发放。" in page
    assert "不受控" not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", f"Controlled copy no. 1, Line 2, issued on {DAY} by Chen Wei."),
        ("zh-hans", f"受控副本第1号，Line2，由陈玮于{DAY_ZH}发放。"),
    ],
)
def test_each_page_of_an_uploaded_file_is_stamped_likewise(team, approve, give, language, words):
    writer, stream = PdfWriter(), io.BytesIO()
    for _page in range(3):
        writer.add_blank_page(595, 842)
    writer.write(stream)
    stream.seek(0)
    with act(team.organization, team.wei):
        file = keep(stream, "ageing.pdf")
        document = documents.draft({"title": "Ageing", "kind": "procedure", "language": "en", "file": file})
    approve(document)
    give(document, "Line 2")
    with act(team.organization, team.wei):
        pages = printed(document, 1, language)
    assert len(pages) == 4
    assert all(words in page for page in pages)


def test_it_can_be_printed_again_while_it_holds_and_each_print_is_on_the_trail(in_force, give, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei):
        assert printed(in_force, 1) and printed(in_force, 1)
        prints = Entry.objects.filter(record=in_force.pk, action__in=("print_copy", "reprint_copy")).order_by("sequence")
        assert list(prints.values_list("action", flat=True)) == ["print_copy", "reprint_copy"]


def test_a_later_print_says_on_paper_and_on_the_page_that_it_is_one(in_force, give, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei):
        (first,) = printed(in_force, 1)
    with act(team.organization, team.min):
        (second,) = printed(in_force, 1)
        (row,) = standing.judged(PaperCopy.objects.all()).select_related("printed_by", "issued_by")
        assert shown.row(row, True, True)["printed"] == f"Reprint: print no. 2, {DAY}, Zhou Min"
        assert list(verify()) == []
    assert "Reprint" not in first
    assert f"Reprint: print no. 2, {DAY}, Zhou Min." in second


def test_of_two_prints_at_once_one_is_refused_since_its_paper_would_not_say_so(in_force, give, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei):
        sheet = printing.asked(by_key("documents"), in_force, 1, "en", "", "copy").sheet()
        printed(in_force, 1)
        with pytest.raises(Conflict, match="a moment ago"):
            write(sheet.entering)


def test_a_copy_that_is_to_be_called_back_is_not_printed_again(in_force, give, revise, team):
    give(in_force, "Line 2")
    revise(in_force)
    with act(team.organization, team.wei), pytest.raises(Conflict, match="Copy 1, of revision 1, is to be called back"):
        printed(in_force, 1)


def test_a_copy_that_ended_is_not_printed_again(in_force, give, finish, team):
    give(in_force, "Line 2")
    finish(in_force, "returned", 1)
    with act(team.organization, team.wei), pytest.raises(Conflict, match="Copy 1 is not out any more"):
        printed(in_force, 1)


def test_a_kept_print_goes_with_its_copy(in_force, give, finish, team):
    give(in_force, "Line 2", "Line 3")
    with act(team.organization, team.wei):
        for copy in (1, 2):
            printing.start(printing.asked(by_key("documents"), in_force, copy, "en", "", "copy"))
    finish(in_force, "returned", 1)
    with act(team.organization, team.wei):
        assert list(PrintRun.objects.values_list("of", "part")) == [("copy", 2)]


def test_the_worker_makes_a_long_one_as_the_same_copy(in_force, give, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei):
        run = printing.start(printing.asked(by_key("documents"), in_force, 1, "en", "", "copy"))
    context = {"organization": str(team.organization.pk), "actor": str(team.wei.id), "reason": ""}
    printing.print_later.func(context, str(run.pk))
    with act(team.organization, team.wei):
        pdf = pypdfium2.PdfDocument(PrintRun.objects.get().path.read_bytes())
        assert "Controlled copy no. 1, Line 2" in pdf[0].get_textpage().get_text_range()


def test_there_is_no_copy_of_a_number_that_was_not_given(in_force, give, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei), pytest.raises(NotFound):
        printed(in_force, 2)


def test_only_whoever_may_distribute_prints_one(in_force, give, team):
    give(in_force, "Line 2")
    with act(team.organization, team.tang), pytest.raises(NotPermitted):
        printed(in_force, 1)


def test_an_ordinary_print_is_still_uncontrolled(in_force, give, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei):
        ask = printing.asked(by_key("documents"), in_force, 1, "en", "")
        pdf = pypdfium2.PdfDocument(io.BytesIO(printing.print_now(ask)))
    assert "Uncontrolled when printed." in pdf[0].get_textpage().get_text_range()
