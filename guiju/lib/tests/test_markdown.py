import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib import markdown
from guiju.lib.markdown import headings, plain, to_html

ID = "0190b6a1-7c3e-7d2f-8a11-2b3c4d5e6f70"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**强调。**后文", "<strong>强调。</strong>后文"),
        ("前文**\u201c强调\u201d**后文", "前文<strong>\u201c强调\u201d</strong>后文"),
        ("前文**「强调」**后文", "前文<strong>「强调」</strong>后文"),
        ("**注意\uff1a**text", "<strong>注意\uff1a</strong>text"),
        ("文件**(QP-05)**的", "文件<strong>(QP-05)</strong>的"),
        ("*强调\uff01*后文", "<em>强调\uff01</em>后文"),
        ("~~作废。~~有效", "<s>作废。</s>有效"),
        ("**强调**后文", "<strong>强调</strong>后文"),
        ("**bold.** text", "<strong>bold.</strong> text"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**bold.**text", "**bold.**text"),
    ],
)
def test_emphasis_works_beside_chinese_and_elsewhere_as_commonmark_says(written, shown):
    assert to_html(written) == f"<p>{shown}</p>\n"


def test_a_line_break_within_chinese_is_no_space():
    assert to_html("每年进行\n管理评审") == "<p>每年进行管理评审</p>\n"
    assert to_html("every year\nthe review") == "<p>every year\nthe review</p>\n"


def test_headings_get_ids_of_their_own():
    assert (
        to_html("# 目的\n## 目的\n### !") == '<h1 id="s-目的">目的</h1>\n<h2 id="s-目的-2">目的</h2>\n<h3 id="s-section">!</h3>\n'
    )


def test_headings_are_listed_with_their_ids():
    text = "# *Control* of `records`\ntext\n\nSecond\n---\n> # inside"
    assert headings(text) == [
        (1, "s-control-of-records", "Control of records"),
        (2, "s-second", "Second"),
        (1, "s-inside", "inside"),
    ]
    for _, own, _ in headings(text):
        assert f'id="{own}"' in to_html(text)


def test_cells_are_aligned_by_class_and_never_by_style():
    html = to_html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert '<td class="text-start">1</td>\n<td class="text-center">2</td>\n<td class="text-end">3</td>' in html
    assert "style" not in html


@pytest.mark.parametrize("address", ["https://example.org/a?b=c", "http://example.org", "mailto:a@example.org", "#s-a"])
def test_links_to_the_web_to_mail_and_within_the_page_are_links(address):
    assert to_html(f"[x]({address})") == f'<p><a href="{address}" rel="noopener">x</a></p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "/local",
        "a.md",
        "//x.org",
    ],
)
def test_other_links_stay_text(address):
    assert "<a" not in to_html(f"[x]({address})")
    assert "<a" not in to_html(f"[x][1]\n\n[1]: {address}")
    assert "<a" not in to_html(f"<{address}>")


@pytest.mark.parametrize(
    "html",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b style='x'>", "<!-- x -->", "<svg/onload=x>"],
)
def test_html_is_text(html):
    assert not re.search(r"<(?!/?p>)", to_html(html))


def test_a_picture_is_an_attachment_by_its_address():
    html = to_html(f"![a <lamp>](attachment:{ID})", {ID: '/a/"x"/'}.get)
    assert html == '<p><img src="/a/&quot;x&quot;/" alt="a &lt;lamp&gt;" loading="lazy"></p>\n'


@pytest.mark.parametrize(
    "source", [f"attachment:{ID}", "https://example.org/x.png", "attachment:1", "/x.png", "data:image/png,x"]
)
def test_any_other_picture_is_not_loaded(source):
    assert "<img" not in to_html(f"![lamp]({source})", {}.get)
    assert "lamp" in to_html(f"![lamp]({source})")


def test_tables_lists_and_code_are_shown():
    html = to_html("3. a\n4. b\n\n- c\n\n```python\nx < y\n```\n\n---\n")
    assert '<ol start="3">' in html
    assert "<ul>\n<li>c</li>" in html
    assert "<pre><code>x &lt; y\n</code></pre>" in html
    assert "<hr>" in html


def test_plain_text_keeps_the_words_and_loses_the_marks():
    text = "# **目的**\n\n每年\n评审 [程序](https://example.org).\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n"
    text += "- x\n- ![灯](y)\n\n```\ncode\n```"
    assert plain(text).split("\n") == ["目的", "每年评审 程序.", "a\tb", "1\t2", "x", "![灯](y)", "code"]


@given(st.text(alphabet="<>*_~`[]()!#|-:\\&\"' \n强。a1", max_size=200) | st.text(max_size=200))
def test_any_text_is_shown_without_script_or_foreign_address(text):
    html = to_html(text, lambda attachment: f"/{attachment}")
    assert not re.search(r"<(script|style|iframe|object|svg)|\son\w+=|style=", re.sub(r">[^<]*<", "><", html))
    plain(text)
    headings(text)


def test_deep_nesting_is_survived():
    for hostile in ("> " * 5000 + "x", "[" * 5000, "*" * 5000 + "a", "![" * 3000, "- " * 3000, "`" * 5001):
        assert to_html(hostile)


def test_a_number_in_double_brackets_refers_to_a_record():
    html = markdown.to_html("See [[QP-01]] and [[QP-99]].", reference={"QP-01": ("/l/QP-01/", "Ageing")}.get)
    assert '<a href="/l/QP-01/" title="Ageing" rel="noopener">QP-01</a>' in html
    assert '<span class="gj-reference-missing">QP-99</span>' in html


def test_without_a_page_a_reference_is_its_number():
    assert markdown.plain("见[[QP-01]]。") == "见QP-01。"


def test_what_is_referred_to_is_named_once_and_not_from_code():
    assert markdown.references("[[A]] [[B]] [[A]] `[[C]]`\n\n```\n[[D]]\n```") == ["A", "B"]


def test_each_paragraph_is_told_with_the_heading_above_it():
    found = markdown.paragraphs("# One\n\nTwo\n\n    # three\n\n| Four | Five |\n|---|---|\n| six | seven |\n")
    assert found == [("One", "One"), ("Two", "One"), ("# three", "One"), ("Four\tFive", "One"), ("six\tseven", "One")]
