"""Markdown as data."""

from guiju.lib.pdf.blocks import SPACE, blocks, breakable, plain_blocks


def said(pieces) -> str:
    return "".join(said(one["c"]) if "c" in one else one.get("s", "") for one in pieces)


def test_headings_begin_below_the_title_and_none_is_skipped():
    found = [(b["level"], said(b["c"])) for b in blocks("# A\n\n### B\n\n# C\n\n## D")]
    assert found == [(2, "A"), (3, "B"), (2, "C"), (3, "D")]


def test_chinese_emphasis_ends_before_the_words_that_follow():
    (paragraph,) = blocks("**强调。**后文")
    assert [(one["t"], said([one])) for one in paragraph["c"]] == [("strong", "强调。"), ("s", "后文")]


def test_chinese_is_emphasised_by_dots_and_latin_by_italics():
    (paragraph,) = blocks("*着重 abc*")
    assert [(one["t"], one["s"]) for one in paragraph["c"][0]["c"]] == [("dots", "着重"), ("s", " abc")]


def test_lists_keep_their_depth_and_their_first_number():
    (outer,) = blocks("3. a\n   - b\n4. c")
    assert (outer["ordered"], outer["start"], len(outer["items"])) == (True, 3, 2)
    assert outer["items"][0][1]["ordered"] is False


def test_a_table_keeps_its_head_its_rows_and_its_alignment():
    (table,) = blocks("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert table["align"] == ["left", "right"]
    assert [said(cell) for cell in table["head"]] == ["a", "b"]
    assert [[said(cell) for cell in row] for row in table["rows"]] == [["1", "2"]]


def test_columns_of_a_large_table_get_room_by_what_stands_in_them():
    (table,) = blocks("| no | text |\n|--|--|\n| 1 | " + "words " * 40 + "|")
    assert table["widths"][1] > 3 * table["widths"][0]


def test_a_link_says_its_address_unless_it_is_the_text():
    (paragraph,) = blocks("[here](https://a.example/b) <https://a.example/b> [place](#x)")
    links = [one for one in paragraph["c"] if one["t"] == "link"]
    assert [(one["href"], one["shown"]) for one in links] == [
        ("https://a.example/b", "https://a.example/b"),
        ("https://a.example/b", ""),
        ("", ""),
    ]


def test_only_pictures_that_are_given_are_shown():
    src = "attachment:0190b0f0-0000-7000-8000-000000000001"
    text = f"![seen]({src}) ![no]({src[:-1]}2)"
    (paragraph,) = blocks(text, picture=lambda one: "0.webp" if one == src else None)
    assert [(one["t"], one["alt"]) for one in paragraph["c"] if "alt" in one] == [("picture", "seen"), ("absent", "no")]


def test_code_and_quotes_and_rules_are_kept():
    kinds = [block["t"] for block in blocks("> q\n\n```\n x  y\n```\n\n---")]
    assert kinds == ["quote", "code", "rule"]


def test_html_is_text():
    assert said(blocks("<b>x</b>")[0]["c"]) == "<b>x</b>"


def test_a_foot_note_is_set_where_its_character_first_stands_and_taken_out():
    notes = {"😀": "no font"}
    first, second = blocks("a 😀 b\n\n😀", notes=notes)
    assert [one["t"] for one in first["c"]] == ["s", "note", "s"]
    assert [one["t"] for one in second["c"]] == ["s"]
    assert notes == {}


def test_a_long_word_may_be_parted():
    assert SPACE in breakable("https://example.org/a/very/long/address?with=words")
    assert breakable("ordinary words, 普通的文字没有空格也不会被分开的因为中文可以换行").count(SPACE) == 0


def test_plain_text_keeps_its_lines_and_paragraphs():
    first, second = plain_blocks("a\n# b\n\nc")
    assert [one["t"] for one in first["c"]] == ["s", "break", "s"]
    assert said(first["c"]) == "a# b" and said(second["c"]) == "c"
