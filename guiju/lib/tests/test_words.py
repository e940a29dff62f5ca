import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib import words as w


@pytest.fixture(scope="module")
def index():
    """An FTS5 table as the product makes it."""
    database = sqlite3.connect(":memory:")
    database.execute(f"""CREATE VIRTUAL TABLE texts USING fts5(body, tokenize="{w.FTS5_TOKENIZE}")""")
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'row')")
    return database


def matches(index, texts, query):
    index.execute("DELETE FROM texts")
    index.executemany("INSERT INTO texts(rowid, body) VALUES (?, ?)", [(n, w.index_text(text)) for n, text in enumerate(texts)])
    found = w.fts5_query(query)
    return [row[0] for row in index.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (found,))]


def test_a_run_of_chinese_becomes_overlapping_pairs_and_its_last_character():
    assert w.words("风险管理") == ["风险", "险管", "管理", "理"]


def test_a_single_chinese_character_is_itself():
    assert w.words("灯") == ["灯"]


def test_words_of_letters_and_digits_stay_whole_and_lose_their_case():
    assert w.words("Risk Management ISO9001 Straße") == ["risk", "management", "iso9001", "strasse"]


def test_a_mixed_run_is_parted_where_the_writing_changes():
    assert w.words("L2台灯") == ["l2", "台灯", "灯"]
    assert w.words("台灯L2型") == ["台灯", "灯", "l2", "型"]


@pytest.mark.parametrize("between", list("\uff0c\uff1b\uff08 ,。、;-_/\\\t\n\x00\u200f\u202e\ufeff😀'\"*()") + ["\ud800"])
def test_what_is_neither_letter_nor_digit_separates(between):
    assert w.words(f"审核{between}计划 a{between}b") == ["审核", "核", "计划", "划", "a", "b"]


def test_full_width_forms_and_units_are_folded():
    assert w.words("ＩＳＯ９００１ 25㎡") == ["iso9001", "25m2"]


def test_rare_characters_and_kana_are_taken_like_chinese():
    assert w.words("龘龘") == ["龘龘", "龘"]
    assert w.words("𬬭𠮷") == ["𬬭𠮷", "𠮷"]
    assert w.words("テスト") == ["テス", "スト", "ト"]


def test_combining_marks_belong_to_their_word():
    assert w.words("हिन्दी ไม้") == ["हिन्दी", "ไม้"]
    assert w.words("cafe\u0301") == ["café"]


def test_a_soft_hyphen_or_a_variation_selector_does_not_part_a_word():
    assert w.words("organi\u00adzation 葛\U000e0100城") == ["organization", "葛城", "城"]


def test_radicals_that_pdf_files_put_for_characters_are_the_characters():
    assert w.words("⻛险") == w.words("风险")
    assert w.words("⼀⼆") == w.words("一二")


@pytest.mark.parametrize("text", ["龘 𬬭 25㎡ ９００１ 𲎮𱍐 हिन्दी ไม้ テスト 々〇ー 한국어 Ελλάδα é ё ٣ Ⅷ ²", "か\u309a\u0488"])
def test_tokens_go_through_fts5_unchanged(index, text):
    index.execute("DELETE FROM texts")
    index.execute("INSERT INTO texts(body) VALUES (?)", (w.index_text(text),))
    assert [row[0] for row in index.execute("SELECT term FROM terms ORDER BY term")] == sorted(set(w.words(text)), key=str.encode)


def test_a_query_of_chinese_is_the_phrase_of_its_pairs():
    assert w.phrases("风险管理") == [w.Phrase(("风险", "险管", "管理"), prefix=False)]


def test_a_single_character_and_a_word_are_prefixes():
    assert w.phrases("灯 Lamp") == [w.Phrase(("灯",), prefix=True), w.Phrase(("lamp",), prefix=True)]


def test_the_same_phrase_is_asked_once():
    assert w.phrases("灯 灯 灯") == [w.Phrase(("灯",), prefix=True)]


def test_a_query_for_fts5_quotes_phrases_and_joins_them():
    assert w.fts5_query('风险管理 "ISO') == '"风险 险管 管理" AND "iso"*'


def test_a_query_for_postgresql_quotes_lexemes():
    assert w.tsquery("风险管理 灯 ISO'") == "'风险' <-> '险管' <-> '管理' & '灯':* & 'iso':*"


@pytest.mark.parametrize("query", ["", "  ", "\x00", "!!! ()", '"*', "\"'"])
def test_a_query_without_words_is_empty(query):
    assert w.phrases(query) == []
    assert w.fts5_query(query) == ""
    assert w.tsquery(query) == ""


@pytest.mark.parametrize("query", ["AND", "a OR b", "NEAR(a b)", "body:灯", "a^b", "-灯", '"灯', "灯*", "a\x00b"])
def test_the_language_of_fts5_is_not_spoken_by_a_query(index, query):
    text = "and a or b near body 灯"
    assert matches(index, [text, "别的"], query) == [0]


def test_a_vector_counts_positions_from_one():
    assert w.tsvector("风险 a 风险") == "'风险':1,4 '险':2,5 'a':3"


def test_positions_of_a_vector_stop_at_the_last_postgresql_knows():
    assert w.tsvector("a " * 20_000).endswith("16382,16383")


CHINESE = st.text(alphabet="风险管理评审 ,L2", max_size=30)


@given(st.lists(CHINESE, min_size=1, max_size=6), st.text(alphabet="风险管理评审", min_size=1, max_size=6))
def test_a_chinese_query_finds_exactly_the_texts_that_contain_it(texts, query):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='unicode61 remove_diacritics 0')")
    assert matches(database, texts, query) == [n for n, text in enumerate(texts) if query in text]


@given(st.text(max_size=200))
def test_any_text_gives_words_that_fold_to_themselves(text):
    for token in w.words(text):
        assert token
        assert w.fold(token) == token
        assert " " not in token


def test_a_short_text_is_one_part_and_an_empty_one_none():
    (part,) = w.parts("风险管理 L2台灯")
    assert w.words(part) == w.words("风险管理 L2台灯")
    assert list(w.parts(" ,。")) == []


@given(st.text(alphabet="风险管理 ab", max_size=120))
def test_parts_lose_no_word(text):
    together = {token for part in w.parts(text, size=20, overlap=8) for token in w.words(part)}
    assert set(w.words(text)) <= together


@given(st.text(alphabet="风险管理评审报告", min_size=30, max_size=120), st.integers(0, 110))
def test_a_phrase_across_the_border_of_two_parts_is_whole_in_one(text, start):
    phrase = text[start : start + 8]
    assert len(phrase) < 2 or any(phrase in part for part in w.parts(text, size=20, overlap=8))


def test_no_part_exceeds_what_postgresql_holds():
    texts = ["a " * 50_000, "检查" * 50_000, "".join(f"{n:0200d} " for n in range(5_000)), "𬬭 " * 30_000, "表" * 40_000]
    for text in texts:
        for part in w.parts(text):
            vector = w.tsvector(part)
            tokens = w.words(part)
            assert len(vector.encode()) < 1_000_000
            assert len(tokens) < w.LAST_POSITION
            assert max(tokens.count(token) for token in set(tokens)) <= 255


def test_a_phrase_longer_than_a_part_overlaps_is_cut_into_overlapping_phrases():
    query = "".join(chr(0x4E00 + n) for n in range(150))
    found = w.phrases(query)
    assert max(len(phrase.tokens) for phrase in found) == w.LONGEST_PHRASE
    assert {token for phrase in found for token in phrase.tokens} == set(w.words(query)[:-1])


def marked(text, query, width=120):
    excerpt, spans = w.snippet(text, query, width)
    return excerpt, [excerpt[start:end] for start, end in spans]


def test_a_snippet_shows_the_hit_with_what_stands_around_it():
    text = "前言。" * 50 + "每年进行一次管理评审,由总经理主持。" + "附录。" * 50
    excerpt, hits = marked(text, "管理评审", width=40)
    assert "每年进行一次管理评审" in excerpt
    assert hits == ["管理评审"]
    assert len(excerpt) <= 42
    assert excerpt[0] == excerpt[-1] == "…"


def test_a_snippet_marks_every_hit_it_shows():
    assert marked("Lamp and lamps, a LAMP; no clamp.", "lamp")[1] == ["Lamp", "lamp", "LAMP"]


def test_a_snippet_marks_what_was_folded_for_the_search():
    assert marked("标准 ＩＳＯ ９００１ 的 25㎡ 要求", "iso 25m2")[1] == ["ＩＳＯ", "25㎡"]
    assert marked("25㎡ 灯", "25m")[1] == ["25㎡"]
    assert marked("Die STRASSE, die Straße", "straße")[1] == ["STRASSE", "Straße"]


def test_a_snippet_far_inside_a_long_text_is_found_at_its_place():
    text = "x" * 3_990 + "lamp " + "words and more " * 2_000 + "the lamp"
    excerpt, hits = marked(text, "lamp")
    assert excerpt.endswith("the lamp")
    assert hits == ["lamp"]


def test_a_snippet_without_a_hit_is_the_beginning():
    assert w.snippet("短文", "没有") == ("短文", [])
    assert w.snippet("短文", "") == ("短文", [])
    assert w.snippet("", "没有") == ("", [])


@given(st.text(max_size=300), st.text(max_size=20), st.integers(10, 120))
def test_spans_of_any_snippet_lie_inside_it(text, query, width):
    excerpt, spans = w.snippet(text, query, width)
    assert len(excerpt) <= width + 2
    assert all(0 <= start <= end <= len(excerpt) for start, end in spans)


@pytest.mark.parametrize("mark", ["\u00ad", "\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef"])
def test_a_mark_that_nobody_sees_parts_no_word(mark):
    assert w.words(f"sol{mark}der") == ["solder"]
    assert w.words(f"焊{mark}接") == w.words("焊接")
