import random
import time
from pathlib import Path

import pytest

from guiju.lib import extraction
from guiju.lib.similarity import SIZE, fingerprint, near_duplicates, similarity

FOLDER = Path(__file__).parents[3] / "tests" / "data" / "qms-folder"
FOOTER = "This template is licensed by its authors. Do not remove this notice from the foot of the page. " * 3


def text(seed, length=400, vocabulary=3000):
    chosen = random.Random(seed)
    return " ".join(f"w{chosen.randrange(vocabulary)}" for _ in range(length))


def alike(a, b):
    return similarity(fingerprint(a), fingerprint(b))


def test_equal_texts_are_wholly_alike_and_strange_ones_not_at_all():
    assert alike(text(1), text(1)) == 1
    assert alike(text(1), text(2)) == 0


def test_a_text_without_words_is_like_nothing():
    assert alike("", "") == 0
    assert alike("", "a") == 0
    assert fingerprint(" ,。") == ()


def test_a_very_short_text_is_like_itself():
    assert alike("Kaizen", "kaizen!") == 1
    assert alike("Kaizen", "Kanban") == 0


def test_a_fingerprint_is_bounded_and_the_same_everywhere():
    assert len(fingerprint(text(1, 50_000))) == SIZE
    assert fingerprint("a b c") == (2027842934319155851,)


@pytest.mark.parametrize("kept", [0.5, 0.8, 0.95])
def test_the_estimate_for_long_texts_is_near_the_truth(kept):
    """Two texts that share their first part: the truth is the shared sequences by all of both."""
    length, shared = 20_000, int(20_000 * kept)
    one = [f"a{n}" for n in range(length)]
    other = one[:shared] + [f"b{n}" for n in range(length - shared)]
    truth = shared / (2 * length - shared)
    assert alike(" ".join(one), " ".join(other)) == pytest.approx(truth, abs=0.06)


def test_chinese_texts_are_compared_by_their_characters():
    one = (
        "为了识别和评价风险与机遇\uff0c并策划应对措施\uff0c特制定本程序\uff0c适用于公司所有过程和部门。" * 2
        + "风险由各部门负责人每年评审一次。"
    )
    assert alike(one, one.replace("每年", "每季度")) > 0.8
    assert alike(one, "内部审核按照年度方案进行\uff0c由具备资格的审核员实施\uff0c结果报告给管理层。") < 0.05


def test_the_stale_copy_in_the_real_folder_is_named_and_nothing_else():
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    items = [
        (str(path.relative_to(FOLDER)), found.text) for path, found in zip(files, extraction.extract_many(files), strict=True)
    ]
    assert near_duplicates(items) == [("capa/sop-capa (old copy).docx", "capa/sop-capa.docx", 1.0)]
    assert near_duplicates(items, threshold=0.25) == [("capa/sop-capa (old copy).docx", "capa/sop-capa.docx", 1.0)]


def test_what_most_texts_have_at_their_foot_does_not_make_them_alike():
    items = [(n, text(n, 12) + FOOTER) for n in range(30)]
    assert alike(items[0][1], items[1][1]) > 0.4
    assert near_duplicates(items, threshold=0.05) == []


def test_forms_of_nothing_but_what_all_have_are_compared_whole():
    assert len(near_duplicates([(n, FOOTER) for n in range(10)])) == 45


def test_a_revised_text_is_found_and_the_most_alike_come_first():
    words = text(1).split()
    slightly = " ".join(words[:200] + ["changed"] + words[201:])
    more = " ".join(words[:-40])
    found = near_duplicates([("one", text(1)), ("slightly", slightly), ("other", text(2)), ("more", more)], threshold=0.85)
    assert [pair[:2] for pair in found] == [("one", "slightly"), ("one", "more"), ("slightly", "more")]
    assert found[0][2] > found[1][2] > found[2][2] > 0.85


def test_a_thousand_texts_are_compared_in_seconds():
    items = [(n, text(n, 1000)) for n in range(999)] + [("copy", text(7, 1000))]
    began = time.process_time()
    assert near_duplicates(items) == [(7, "copy", 1.0)]
    assert time.process_time() - began < 10
