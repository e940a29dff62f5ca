from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib import extraction
from guiju.lib.document_kinds import KINDS
from guiju.lib.document_numbers import clean_revision
from guiju.lib.proposals import clean_title, language_of, propose, stale_name

FOLDER = Path(__file__).parents[3] / "tests" / "data" / "qms-folder"


def by_name(name):
    return propose(name, "", None, {})


REAL = {
    "13485-mapping.docx": ("record", "ISO 13485:2016 Mapping of Requirements to Documents"),
    "LICENSE.md": ("external", "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International"),
    "capa/sop-capa.docx": ("procedure", "SOP Corrective and Preventive Action (CAPA)"),
    "capa/list-capa.docx": ("record", "List of CAPAs"),
    "human-resources/training-record.md": ("record", "Training record"),
    "human-resources/sop-human-resources-administration.docx": ("procedure", "SOP human resources administration"),
    "internal-audit/audit-plan.docx": ("plan", "Audit Plan"),
    "internal-audit/audit-program.docx": ("plan", "Audit Program 2023 - 2026"),
    "management-review/management-review-report.docx": ("report", "Management Review Report"),
    "purchasing/supplier-checklist.md": ("form", "Supplier Checklist"),
    "quality-manual-policy-objectives.docx": ("manual", "Quality Manual, Policy and Objectives"),
    "software-validation/software-validation-form.docx": ("form", "Software Validation Form"),
    "sop-sales.pdf": ("procedure", "SOP Sales"),
}


def test_kinds_and_titles_of_real_documents():
    found = extraction.extract_many(FOLDER / name for name in REAL)
    proposals = [propose(name, each.text, each.title, each.cover) for name, each in zip(REAL, found, strict=True)]
    assert {name: (each.kind, each.title) for name, each in zip(REAL, proposals, strict=True)} == REAL
    assert {(each.number, each.revision, each.language) for each in proposals} == {(None, None, "en")}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("QP-05 Control of documents.docx", "QP-05"),
        ("WI-031_soldering_v3.docx", "WI-031"),
        ("SOP-12 Purchasing.pdf", "SOP-12"),
        ("QM-01质量手册.docx", "QM-01"),
        ("QP-LZ-05-2024 内部审核程序.doc", "QP-LZ-05-2024"),
        ("Q_ABC 0101-2023 台灯.docx", "Q/ABC 0101-2023"),
        ("QP 05 Purchasing.docx", "QP-05"),
        ("sop12 cleaning.md", "sop12"),
        ("F-012 complaint form.docx", "F-012"),
        ("ISO 9001-2015.pdf", None),
        ("IEC 62304.pdf", None),
        ("EN 60598-1 mapping.xlsx", None),
        ("GB-T 19001-2016.pdf", None),
        ("13485-mapping.docx", None),
        ("minutes 2024-05-12.docx", None),
        ("MIN-2024-05-12.docx", None),
        ("SOP-2024 review.docx", None),
        ("A4 label.docx", None),
        ("COVID-19 policy.docx", None),
        ("REV-2 layout.docx", None),
    ],
)
def test_a_number_is_read_from_a_name_and_standards_and_dates_are_none(name, number):
    assert by_name(name).number == number


def test_a_number_on_the_cover_counts_first():
    assert propose("QP-05 x.docx", "", None, {"number": "QP/LZ-06"}).number == "QP/LZ-06"
    assert propose("x.docx", "", None, {"number": "ISO 9001:2015"}).number is None


def test_a_number_is_read_from_the_title_or_a_line_of_its_own():
    titled = propose("x.docx", "", "QP/LZ-05-2024 内部审核程序", {})
    assert (titled.number, titled.title) == ("QP/LZ-05-2024", "内部审核程序")
    assert propose("x.docx", "QP/LZ-05-2024\n岚竹", "内部审核程序", {}).number == "QP/LZ-05-2024"
    assert propose("x.docx", "As QP-05 says", None, {}).number is None


@pytest.mark.parametrize(
    ("name", "revision"),
    [
        ("Purchasing v3.docx", "3"),
        ("Purchasing_V2.1.docx", "2.1"),
        ("Purchasing rev. B.docx", "B"),
        ("Purchasing Rev2.docx", "2"),
        ("质量手册(第3版).docx", "3"),
        ("质量手册 第十二版.docx", "12"),
        ("QP-05 文件控制程序 A0.docx", "A0"),
        ("QP-05-A0.docx", "A0"),
        ("文件控制程序(A0).docx", "A0"),
        ("label A4.docx", None),
        ("QP-05.docx", None),
        ("Approved version of plan.docx", None),
        ("Overview 5.docx", None),
    ],
)
def test_a_revision_is_read_from_a_name(name, revision):
    assert by_name(name).revision == revision


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("V2.1", "2.1"),
        ("Version 3", "3"),
        ("Rev. B", "B"),
        ("第3版", "3"),
        ("第二版", "2"),
        ("A/0", "A/0"),
        ("A0", "A0"),
        ("1.0", "1.0"),
    ],
)
def test_a_revision_on_the_cover_loses_the_word_for_it(said, clean):
    assert clean_revision(said) == clean
    assert propose("x v9.docx", "", None, {"revision": said}).revision == clean


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Quality policy", "policy"),
        ("质量方针", "policy"),
        ("质量手册", "manual"),
        ("Control of records procedure", "procedure"),
        ("Procedure for control of records", "procedure"),
        ("记录控制程序", "procedure"),
        ("文件管理制度", "procedure"),
        ("Work instruction: soldering", "work_instruction"),
        ("焊接作业指导书", "work_instruction"),
        ("成品检验规范", "work_instruction"),
        ("Complaint form", "form"),
        ("内审检查表", "form"),
        ("培训记录表", "form"),
        ("List of qualified suppliers", "record"),
        ("合格供方清单", "record"),
        ("设备台账", "record"),
        ("Training record", "record"),
        ("会议纪要", "record"),
        ("Audit plan", "plan"),
        ("年度培训计划表", "plan"),
        ("管理评审报告", "report"),
        ("Audit report", "report"),
        ("ISO 9001:2015 Quality management systems", "external"),
        ("GB/T 19001-2016 质量管理体系 要求", "external"),
        ("中华人民共和国产品质量法", "external"),
        ("Soldering of the base", "record"),
    ],
)
def test_the_kind_is_read_from_the_title(title, kind):
    assert propose("x.docx", "", title, {}).kind == kind


def test_the_letters_of_the_number_tell_the_kind_where_the_title_would_mislead():
    assert by_name("QP-07 Audit plan control.docx").kind == "procedure"
    assert by_name("WI-031 Soldering.docx").kind == "work_instruction"


def test_the_kind_is_read_from_cover_and_text():
    assert propose("x", "", "Soldering", {"kind": "Work Instruction"}).kind == "work_instruction"
    assert propose("x", "1. 目的 本程序规定了采购。", "采购", {}).kind == "procedure"
    assert propose("x", "Summary\nThis SOP describes sales.", "Sales", {}).kind == "procedure"


@pytest.mark.parametrize(
    "name",
    [
        "capa/sop-capa (old copy).docx",
        "Copy of audit plan.docx",
        "audit plan - Copy.docx",
        "audit plan - Copy (2).docx",
        "设备台账_副本.xlsx",
        "设备台账 - 副本 (2).xlsx",
        "旧_管理评审程序.docx",
        "管理评审程序(旧).docx",
        "管理评审程序旧版.docx",
        "audit_plan_bak.docx",
        "audit plan.docx.bak",
        "audit plan backup.docx",
        "SOP final_final.docx",
        "SOP (old).docx",
        "plan_old.docx",
        "obsolete SOP.docx",
    ],
)
def test_a_name_that_says_copy_or_old_is_stale(name):
    assert stale_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "old/sop-capa.docx",
        "Control of older equipment.docx",
        "Gold plating.docx",
        "Copyright.md",
        "Final inspection.docx",
        "Scaffold.md",
    ]
    + ["Backups of data.docx", "折旧.docx", "Policy.docx", "Finality.docx"],
)
def test_an_ordinary_name_is_not_stale(name):
    assert not stale_name(name)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("**Control** of `documents`", "Control of documents"),
        ("# Control of documents", "Control of documents"),
        ("QP-05 Control of documents", "Control of documents"),
        ("Control of documents (QP-05)", "Control of documents"),
        ("1.2 Control of documents", "Control of documents"),
        ("01 质量方针", "质量方针"),
        ("Audit Plan <Date>", "Audit Plan"),
        ("<Software Title> - Software Validation Form", "Software Validation Form"),
        ("Control of documents.docx", "Control of documents"),
        ("[Sales](x.md) process", "Sales process"),
        ("管理评审程序 V2.1", "管理评审程序"),
        ("ISO 9001 mapping", "ISO 9001 mapping"),
        ("5S audits", "5S audits"),
    ],
)
def test_a_title_is_cleaned(written, clean):
    assert clean_title(written) == clean


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("capa/sop-capa (old copy).docx", "SOP CAPA"),
        ("QP-05_文件控制程序_A0.docx", "文件控制程序"),
        ("minutes 2024-05-12.docx", "Minutes"),
        ("audit-plan-2024.docx", "Audit plan 2024"),
        ("QP-05.docx", "QP-05"),
        ("post-market.docx", "Post market"),
    ],
)
def test_without_a_title_the_name_becomes_one(name, title):
    assert by_name(name).title == title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("管理评审程序", "zh"),
        ("Management review", "en"),
        ("按照 ISO 9001 进行管理评审并保留记录", "zh"),
        ("The company 岚竹照明 makes desk lamps", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_the_one_there_is_more_of(text, language):
    assert language_of(text) == language


@given(st.text(max_size=120), st.text(max_size=300), st.none() | st.text(max_size=120))
def test_any_name_gives_a_proposal(name, text, title):
    found = propose(name, text, title, {})
    assert found.kind in KINDS
    assert len(found.title) <= 200
    assert found.title or not name.strip()


@pytest.mark.parametrize(("line", "number"), [("F-12", "F-12"), ("WI-031 Soldering", None), ("See WI-031.", None)])
def test_a_line_that_is_nothing_but_a_number_is_the_documents_own(line, number):
    assert propose("notes.md", f"Soldering\n{line}\nHeat it.", None, {}).number == number
    assert propose("notes.md", "Words\n" * 10 + line, None, {}).number is None
