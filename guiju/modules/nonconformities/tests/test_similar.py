"""A planted similar case is among the first three of many, in English and in Chinese."""

from django.test import Client

from guiju.modules.nonconformities import similar

OTHERS = (
    "Label of C65 smudges",
    "Carton of L1 crushed in transport",
    "Certificate of the LED bins missing",
    "Torque driver out of calibration",
    "包装袋破损",
    "来料铝型材尺寸超差",
    "焊点虚焊",
    "Driver order delivered ten days late",
)


def test_the_planted_case_is_among_the_first_three(case):
    for title in OTHERS:
        case(title=title, description=title)
    planted = case(title="L1 light trembles when dimmed", description="At the lowest level the lamp flickers; eyes get tired.")
    new = case(title="Lamp L2 flickers at the lowest level", description="At level 1 the light trembles and tires the eyes.")
    assert planted in [one.case for one in similar.to(new)]


def test_it_is_found_in_chinese_as_well(case):
    for title in OTHERS:
        case(title=title, description=title)
    planted = case(title="台灯调到最低档时闪烁", description="最低亮度下灯光频闪，眼睛疲劳。")
    new = case(title="L2 台灯最低档频闪", description="顾客反映最低亮度下灯光闪烁。")
    assert similar.to(new)[0].case == planted


def test_what_has_nothing_in_common_is_not_called_similar(case):
    case(title="包装袋破损", description="封口不牢")
    assert similar.to(case(title="Torque driver overdue", description="Calibration label of March")) == []


def test_the_page_shows_them_while_it_is_graded(case, lanzhu):
    case(title="L1 light trembles when dimmed", description="At the lowest level the lamp flickers.")
    new = case()
    client = Client()
    client.force_login(lanzhu.wei.person)
    page = client.get(f"/lanzhu/nonconformities/{new.number}/").content.decode()
    assert "Similar past cases" in page
    assert "L1 light trembles when dimmed" in page
