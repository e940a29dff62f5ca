"""What flows between the processes of Lanzhu Lighting, and from and to whom outside."""

from typing import NamedTuple

PARTIES = {
    "customers": ("Customers", "顾客"),
    "suppliers": ("Suppliers", "供方"),
    "authorities": ("Authorities of markets", "市场监管机构"),
}


class Flow(NamedTuple):
    """From one process or party to another, in both languages."""

    source: str
    target: str
    what: str
    what_zh: str
    expected: str = ""


FLOWS = (
    Flow("customers", "sales", "Enquiries and orders", "询价与订单", "Who, what, how many, where to, until when."),
    Flow("sales", "design", "What customers ask for", "顾客要求", "In their own words, with where it will be used."),
    Flow("sales", "production", "Confirmed orders", "已确认的订单", "Only what was reviewed and can be made in time."),
    Flow("design", "purchasing", "Specifications of parts", "零件规范", "Numbers with limits; what counts most is marked."),
    Flow("design", "production", "Drawings and test plans", "图纸与测试计划"),
    Flow("suppliers", "purchasing", "Parts and certificates", "零件及证明", "As ordered; the lot on every box."),
    Flow("purchasing", "inspection", "Incoming lots", "来料批"),
    Flow("purchasing", "production", "Dates of parts", "到料日期"),
    Flow("purchasing", "suppliers", "Purchase orders", "采购订单"),
    Flow("inspection", "production", "Released parts", "放行的零件"),
    Flow("production", "inspection", "Finished lots", "成品批", "With the record of the line."),
    Flow("inspection", "service", "Released lots", "放行批", "Nothing without a complete record."),
    Flow("service", "customers", "Lamps, chargers, help", "台灯、充电器与服务"),
    Flow("service", "sales", "What customers say", "顾客的声音"),
    Flow("inspection", "risks", "Faults found", "发现的问题", "Each with lot, count and picture."),
    Flow("risks", "strategy", "Risks and changes", "风险与变更"),
    Flow("strategy", "sales", "Goals and means", "目标与资源"),
    Flow("strategy", "people", "Plan for people", "用人计划"),
    Flow("authorities", "market", "Laws and standards", "法规与标准"),
    Flow("market", "design", "What markets require", "市场准入要求"),
    Flow("inspection", "market", "Test records", "检测记录"),
    Flow("people", "production", "Qualified people", "胜任的人员"),
    Flow("inspection", "instruments", "Instruments that are due", "到期的仪器"),
    Flow("instruments", "inspection", "Calibrated instruments", "校准合格的仪器"),
    Flow("risks", "documents", "What is to change", "变更决定"),
    Flow("documents", "production", "Texts that hold", "有效文件"),
)
