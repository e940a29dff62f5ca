import pytest

from guiju.lib.names import initials, seal_text


@pytest.mark.parametrize(
    ("name", "seal"),
    [
        ("陈玮", "陈玮之印"),
        ("林晓雯", "林晓雯印"),
        ("欧阳晓雯", "欧阳晓雯"),
        ("阿卜杜拉·买买提", "阿卜杜拉"),
        ("玮", "玮印"),
        ("𬬭龘", "𬬭龘之印"),
        ("陈玮 (Chen Wei)", "陈玮之印"),
        ("Martin Keller", "MK"),
        ("Anna Maria van der Berg", "AMVD"),
        ("Jean-Luc O'Neil", "JO"),
        ("  e\u0301mile  zola ", "ÉZ"),
        ("Plato", "P"),
        ("", ""),
        ("😀 123", ""),
    ],
)
def test_a_seal_has_four_characters_or_initials(name, seal):
    assert seal_text(name) == seal


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("陈玮", "玮"),
        ("林晓雯", "雯"),
        ("Chen Wei", "CW"),
        ("Anna Maria van der Berg", "AB"),
        ("plato", "P"),
        ("ßeta x", "SX"),
        ("Chen Wei 陈玮", "玮"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_disc_shows_the_last_character_or_two_initials(name, letters):
    assert initials(name) == letters
