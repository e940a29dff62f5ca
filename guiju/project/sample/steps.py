"""How inspection and release flows at Lanzhu Lighting, and what purchasing is about to do otherwise."""

from typing import Any


def _step(
    position: int,
    lane: tuple[str, str],
    what: tuple[str, str],
    kind: str = "step",
    goes_to: tuple[str, str] = ("", ""),
    document: str = "",
) -> dict[str, Any]:
    said = {"position": position, "kind": kind, "document": document}
    for name, (english, chinese) in (("lane", lane), ("what", what), ("goes_to", goes_to)):
        said |= {name: english, f"{name}_zh": chinese}
    return said


STORE, INSPECTOR, QUALITY = ("Storekeeper", "仓管员"), ("Inspector", "检验员"), ("Quality manager", "质量经理")
BUYER, ENGINEER = ("Buyer", "采购员"), ("Quality engineer", "质量工程师")
STEPS = (
    _step(1, STORE, ("Lot is handed over", "交检"), "start"),
    _step(2, INSPECTOR, ("Draw the sample", "抽样"), document="[[QP-17]]"),
    _step(3, INSPECTOR, ("Measure and test", "测量与试验"), document="[[WI-031]], [[WI-044]]"),
    _step(4, INSPECTOR, ("As promised?", "符合要求？"), "decision", ("5: yes; 7: no", "5: 是; 7: 否")),
    _step(5, INSPECTOR, ("Sign the record, mark the lot", "签记录，贴放行标识")),
    _step(6, STORE, ("Lot goes to shipping", "转发运"), "end"),
    _step(7, INSPECTOR, ("Red shelf, report", "放红架，写报告")),
    _step(
        8,
        QUALITY,
        ("What becomes of it?", "如何处置？"),
        "decision",
        ("2: sorted or reworked; 9: scrapped", "2: 挑选或返工; 9: 报废"),
    ),
    _step(9, STORE, ("Scrapped and counted", "报废并登记"), "end"),
)
AGAIN = (
    _step(1, BUYER, ("A second source is found", "找到第二供方"), "start"),
    _step(2, ENGINEER, ("Try twenty samples", "试用20件样品")),
    _step(3, ENGINEER, ("As good as the first?", "与第一供方一样好？"), "decision", ("4: yes; 5: no", "4: 是; 5: 否")),
    _step(4, BUYER, ("Order from both", "两家采购"), "end"),
    _step(5, BUYER, ("Stay with the first", "仍用第一供方"), "end"),
)
