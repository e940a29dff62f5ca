"""One box over all records; the same answers on both databases."""

import pytest

from guiju.modules.processes.models import Process
from guiju.spine.acts import act
from guiju.spine.search.models import Directory, Part
from guiju.spine.search.services import differences, find, find_by_name, index_body, more_than

TITLES = (
    "台灯成品检验",
    "风险管理程序",
    "L2台灯回流焊",
    "Final inspection of desk lamps",
    "Purchasing 采购",
    "龘字的写法",
    "Anforderungen an Prüfmittel",
)

KINDS = ("processes.process",)


@pytest.fixture
def processes(as_wei) -> dict[str, Process]:
    made = {}
    for title in TITLES:
        made[title] = Process(title=title)
        made[title].save()
    return made


def titles(query: str) -> list[str]:
    return sorted(hit.title for hit in find(query, KINDS))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("台灯", ["L2台灯回流焊", "台灯成品检验"]),
        ("成品检验", ["台灯成品检验"]),
        ("风险", ["风险管理程序"]),
        ("理程", ["风险管理程序"]),
        ("灯", ["L2台灯回流焊", "台灯成品检验"]),
        ("龘", ["龘字的写法"]),
        ("lamp", ["Final inspection of desk lamps"]),
        ("LAMPS inspection", ["Final inspection of desk lamps"]),
        ("l2 回流", ["L2台灯回流焊"]),
        ("采购 purch", ["Purchasing 采购"]),
        ("prüfmittel", ["Anforderungen an Prüfmittel"]),
        ("灯台", []),
        ("o", ["Final inspection of desk lamps"]),
        ("f", ["Final inspection of desk lamps"]),
        ("PR-02", ["风险管理程序"]),
        ("'; DROP TABLE x; --", []),
        ('"', []),
        ("AND OR NOT *", []),
        ("。，", []),
    ],
)
def test_it_finds_what_contains_the_words(processes, query, found):
    assert titles(query) == sorted(found)


def test_words_may_stand_in_the_title_and_in_the_file(processes):
    index_body(processes["Purchasing 采购"], ["Nine pages of text about soldering and 供方评价."])
    assert titles("采购 soldering") == ["Purchasing 采购"]
    assert titles("供方") == ["Purchasing 采购"]


def test_words_that_stand_apart_are_found_with_those_that_stand_together_the_newest_first(as_wei):
    made = [Process(title=title) for title in ("Oven 1", "Oven and belt 2", "Oven 3", "Belt 4")]
    for process in made:
        process.save()
    index_body(made[2], ["The belt runs slowly."])
    index_body(made[0], ["Nothing of the kind."])
    assert [hit.title for hit in find("oven belt", KINDS)] == ["Oven 3", "Oven and belt 2"]


def test_no_more_than_the_newest_are_found_though_many_parts_of_one_contain_it(as_wei):
    made = [Process(title=f"Lamp {n}") for n in range(6)]
    for process in made:
        process.save()
    index_body(made[4], [f"lamp {n}" for n in range(20)])
    assert [hit.title for hit in find("lamp", KINDS, most=3)] == ["Lamp 5", "Lamp 4", "Lamp 3"]
    assert find("lamp", ("documents.document",)) == []


def test_that_there_are_more_is_told_of_records_and_not_of_their_parts(processes, other):
    index_body(processes["台灯成品检验"], ["台灯", "台灯", "台灯"])
    assert more_than("台灯", 1)
    assert not more_than("台灯", 2)
    assert not more_than("。", 0)
    with act(other.organization, other.eve):
        assert not more_than("台灯", 0)


def test_a_changed_title_is_found_by_its_new_words_only(processes):
    process = processes["风险管理程序"]
    process.title = "机遇管理程序"
    process.save()
    assert titles("风险") == []
    assert titles("机遇") == ["机遇管理程序"]


def test_another_organization_finds_nothing_of_it(processes, other):
    with act(other.organization, other.eve):
        assert titles("台灯") == []


def test_an_exact_number_stands_first(processes):
    assert find("PR-03", KINDS)[0].title == "L2台灯回流焊"


def test_a_very_long_text_is_found_at_its_end(processes):
    words = " ".join(f"word{n}" for n in range(30_000))
    index_body(processes["Purchasing 采购"], [f"{words} 最后一页的结论"])
    assert titles("最后一页的结论") == ["Purchasing 采购"]
    assert titles("word29999") == ["Purchasing 采购"]


def test_the_index_can_be_compared_with_the_records(processes):
    assert list(differences({"processes.process": Process})) == []
    row = Directory.objects.get(record=processes["风险管理程序"].pk)
    Directory.objects.filter(pk=row.pk).update(title="something else")
    assert list(differences({"processes.process": Process})) == ["PR-02: the directory says PR-02, something else, draft"]


def test_indexing_a_file_again_replaces_its_words(processes):
    process = processes["Purchasing 采购"]
    index_body(process, ["first version"])
    index_body(process, ["second edition"])
    assert titles("first") == [] and titles("edition") == ["Purchasing 采购"]
    assert Part.objects.filter(directory__record=process.pk, part__gt=0).count() == 1


def test_by_name_a_record_is_found_by_its_own_words_and_not_by_those_of_its_files(processes):
    index_body(processes["台灯成品检验"], ["torque of the screws"])
    assert [hit.title for hit in find("torque", KINDS)] == ["台灯成品检验"]
    assert find_by_name("torque", ["processes.process"]) == []
    assert [hit.title for hit in find_by_name("lamps final", ["processes.process"])] == ["Final inspection of desk lamps"]
    assert [hit.title for hit in find_by_name("成品", ["processes.process"])] == ["台灯成品检验"]


@pytest.mark.parametrize("typed", ["PR-02", "pr-02", "ＰＲ－０２"])
def test_by_name_the_record_of_that_number_is_first_however_many_are_newer(as_wei, monkeypatch, typed):
    monkeypatch.setattr("guiju.spine.search.services.MOST", 3)
    for n in range(8):
        Process(title=f"PR-02 is named here, {n}").save()
    assert find_by_name(typed, ["processes.process"])[0].number == "PR-02"


def test_by_name_only_the_kinds_asked_for_are_found(processes):
    assert find_by_name("lamp", ["documents.document"]) == []
    assert find_by_name("lamp", []) == []


def test_by_name_nothing_of_another_organization_is_found(processes, other):
    with act(other.organization, other.eve):
        assert find_by_name("lamp", ["processes.process"]) == []
        assert find_by_name("PR-02", ["processes.process"]) == []
