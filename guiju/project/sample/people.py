"""Who works at Lanzhu Lighting, and where."""

from dataclasses import dataclass

PASSWORD = "guiju-demo"  # known to everybody: a demonstration listens on its own machine alone
SLUG = "lanzhu"
ADMINISTRATOR = "rui"
FOUNDED = -330  # working days from today

ORGANIZATION = {
    "name": "Lanzhu Lighting",
    "name_zh": "岚竹照明",
    "time_zone": "Asia/Shanghai",
    "language": "zh-hans",
    "about": "Desk lamps and USB chargers, designed and made in Shenzhen by 60 people, sold abroad through its own shop.",
    "about_zh": "深圳，60人，设计、生产台灯和USB充电器，通过自有网店销往海外。",
}


@dataclass(frozen=True)
class Someone:
    """A person with an account: names, work, role, and the day (a working day before today) on which they joined."""

    username: str
    name: str
    name_zh: str
    position: str
    position_zh: str
    role: str
    department: str
    language: str = "zh-hans"
    joined: int = FOUNDED
    top_management: bool = False
    guest_days: int | None = None  # a guest's last day, in days from today


@dataclass(frozen=True)
class Place:
    name: str
    name_zh: str
    time_zone: str = ""


SITES = (Place("Shiyan works", "石岩工厂", "Asia/Shanghai"), Place("Hamburg warehouse", "汉堡仓", "Europe/Berlin"))
DEPARTMENTS = (
    Place("General management", "总经办"),
    Place("Quality", "质量部"),
    Place("Design", "设计开发部"),
    Place("Production", "生产部"),
    Place("Purchasing", "采购部"),
    Place("Sales", "跨境销售部"),
    Place("Shipping and service", "发运与售后部"),
    Place("People and administration", "人事行政部"),
)

# In each role the first is the one whom the demonstration offers on its door.
PEOPLE = (
    Someone(ADMINISTRATOR, "Su Rui", "苏睿", "Network and systems", "系统管理员", "administrator", "People and administration"),
    Someone("wei", "Chen Wei", "陈玮", "Quality manager", "质量经理", "quality_manager", "Quality", "en"),
    Someone("li", "Tang Li", "唐立", "Inspector", "检验员", "contributor", "Quality"),
    Someone("min", "Zhou Min", "周敏", "Process owner, production", "生产过程负责人", "process_owner", "Production"),
    Someone("qi", "Liang Qi", "梁启", "Internal auditor", "内审员", "auditor", "Quality"),
    Someone(
        "guoliang",
        "Huang Guoliang",
        "黄国梁",
        "General manager",
        "总经理",
        "top_management",
        "General management",
        top_management=True,
    ),
    Someone("xiaowen", "Lin Xiaowen", "林晓雯", "Quality engineer", "质量工程师", "process_owner", "Quality"),
    Someone("siyuan", "Wu Siyuan", "吴思远", "Process owner, design", "设计开发过程负责人", "process_owner", "Design"),
    Someone("jia", "He Jia", "何佳", "Process owner, purchasing", "采购过程负责人", "process_owner", "Purchasing"),
    Someone(
        "haiyan",
        "Zheng Haiyan",
        "郑海燕",
        "Process owner, shipping and service",
        "发运与售后过程负责人",
        "process_owner",
        "Shipping and service",
    ),
    Someone("yiting", "Deng Yiting", "邓依婷", "Process owner, sales", "销售过程负责人", "process_owner", "Sales"),
    Someone("yan", "Luo Yan", "罗妍", "Process owner, people", "人员过程负责人", "process_owner", "People and administration"),
    Someone("jun", "Ma Jun", "马俊", "Line leader, lamps", "台灯线线长", "contributor", "Production"),
    Someone(
        "hao",
        "Sun Hao",
        "孙浩",
        "Line leader, chargers, night shift",
        "充电器线夜班线长",
        "contributor",
        "Production",
        joined=-96,
    ),
    Someone(
        "martin",
        "Martin Keller",
        "",
        "External auditor, guest",
        "外部审核员（访客）",
        "guest",
        "",
        "en",
        joined=-6,
        guest_days=12,
    ),
)


@dataclass(frozen=True)
class Absence:
    """Who was or is away, who stands in, and when: told on a working day, from and until others."""

    told: int
    absent: str
    deputy: str
    first: int
    last: int


ABSENCES = (Absence(-86, "guoliang", "wei", -84, -75), Absence(-4, "yan", "yiting", -2, 8))
