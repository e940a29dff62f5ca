"""The process map of Lanzhu Lighting. A purpose is one sentence, in both of the languages that are spoken there."""

from dataclasses import dataclass

from guiju.project.sample.process_details import DETAILS, Details


@dataclass(frozen=True)
class Box:
    """One process on the map."""

    key: str
    kind: str
    owner: str
    title: str
    title_zh: str
    purpose: str
    purpose_zh: str

    @property
    def more(self) -> Details:
        return DETAILS[self.key]


MAP = (
    Box(
        "strategy",
        "management",
        "guoliang",
        "Strategy and review",
        "战略与评审",
        "Few goals with numbers, and twice a year an honest look at them.",
        "少数有数字的目标，每年两次如实回看。",
    ),
    Box(
        "risks",
        "management",
        "wei",
        "Risks and changes",
        "风险与变更",
        "What could keep us from our word is known before it happens.",
        "会让我们失信的事，事先就知道。",
    ),
    Box(
        "market",
        "management",
        "siyuan",
        "Market access",
        "市场准入",
        "No product is offered where we do not know that it may be sold.",
        "不清楚能不能卖的地方，不上架。",
    ),
    Box(
        "sales",
        "core",
        "yiting",
        "Sales and orders",
        "销售与订单",
        "We promise what we can make, deliver and prove.",
        "只答应做得到、交得出、证得明的事。",
    ),
    Box(
        "design",
        "core",
        "siyuan",
        "Design",
        "设计开发",
        "What people need becomes a product that can be made and tested.",
        "把人的需要变成做得出、测得了的产品。",
    ),
    Box(
        "purchasing",
        "core",
        "jia",
        "Purchasing",
        "采购",
        "Parts as specified and in time, from people whose work we know.",
        "向我们了解的供方，按时买到符合规范的零件。",
    ),
    Box(
        "production",
        "core",
        "min",
        "Production",
        "生产",
        "Every lamp and every charger is made like the one that was approved.",
        "每台灯、每只充电器都和批准的那一台一样。",
    ),
    Box(
        "inspection",
        "core",
        "wei",
        "Inspection and release",
        "检验与放行",
        "Nothing reaches a customer that has not been shown to be as promised.",
        "未经证明符合承诺的产品，不交给顾客。",
    ),
    Box(
        "service",
        "core",
        "haiyan",
        "Shipping and service",
        "发运与售后",
        "The parcel arrives whole, and whoever calls is heard.",
        "包裹完好送达，来电有人倾听。",
    ),
    Box(
        "people",
        "support",
        "yan",
        "People",
        "人员与能力",
        "Whoever does a work can do it, and knows what depends on it.",
        "做这份工作的人，会做，也知道它的分量。",
    ),
    Box(
        "instruments",
        "support",
        "xiaowen",
        "Instruments",
        "测量设备",
        "What we measure with tells the truth.",
        "用来测量的器具，说的是实话。",
    ),
    Box(
        "documents",
        "support",
        "xiaowen",
        "Documents",
        "文件",
        "Whoever works finds the text that holds today, and only that one.",
        "做事的人找到的，是今天有效的那一份，也只有那一份。",
    ),
)
