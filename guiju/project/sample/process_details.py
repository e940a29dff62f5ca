"""What is written down of each process of Lanzhu Lighting besides title and purpose."""

from typing import NamedTuple

Need = tuple[str, str, str]  # what, in Chinese, kind
Who = tuple[str, str, str, str]  # who, in Chinese, what they do, in Chinese


class Details(NamedTuple):
    """How we know that it runs well, clauses, what its owner may decide, with what, with whom."""

    criteria: str
    criteria_zh: str
    clauses: str
    authority: str
    needs: tuple[Need, ...]
    people: tuple[Who, ...]


DETAILS = {
    "strategy": Details(
        "At most seven goals, each with a number and a name.\nBoth reviews of the year held.",
        "目标不超过七个，每个都有数字和负责人。\n每年两次评审按时召开。",
        "5.2, 6.2, 9.3",
        "目标、资源，以及停产。",
        (("Two days of everybody who leads", "各负责人每年两天", "people"),),
        (("Owners of all processes", "各过程负责人", "bring figures", "带来数据"),),
    ),
    "risks": Details(
        "No change begins before somebody has asked what it could do.\nNothing that was foreseen surprises us.",
        "变更开始前先问会带来什么。\n预见到的事不再让人意外。",
        "6.1, 6.3",
        "Stops a change until its risk is judged.",
        (("Records of faults and changes", "问题与变更记录", "knowledge"),),
        (("Whoever plans a change", "提出变更的人", "says what it touches", "说明影响"),),
    ),
    "market": Details(
        "Every product on sale has valid certificates for its market.",
        "在售产品在其市场的证书全部有效。",
        "4.2, 8.2.2",
        "让产品在某个市场下架。",
        (("Accredited laboratory in Shenzhen", "深圳有资质的实验室", "external"),),
        (("Design, sales", "设计开发部、销售部", "name markets and models", "提出市场和型号"),),
    ),
    "sales": Details(
        "95 % of orders confirmed within a day.\nNo order taken that cannot be delivered.",
        "95%的订单一天内确认。\n不接交不出的订单。",
        "8.2.1, 8.2.2, 8.2.3",
        "接受或拒绝订单，给出交期。",
        (("Shop system, four languages", "网店系统，四种语言", "infrastructure"),),
        (("Sales clerks", "销售员", "answer, review orders", "答复并评审订单"),),
    ),
    "design": Details(
        "No change of a drawing after the pilot lot for reasons we could have known.",
        "试产后不因本可预见的原因改图。",
        "8.3",
        "释放图纸和测试计划。",
        (
            ("Light laboratory with sphere", "带积分球的光学实验室", "measuring"),
            ("Prototype workshop", "样机间", "infrastructure"),
        ),
        (
            ("Designers", "设计工程师", "draw, test", "绘图、试验"),
            ("Production", "生产部", "says what can be made", "判断可制造性"),
        ),
    ),
    "purchasing": Details(
        "98 % of incoming lots released at the first inspection.\nEvery supplier looked at again once a year.",
        "来料批一次放行率98%。\n每家供方每年重新评价一次。",
        "8.4",
        "选择供方；停用供方须经质量经理同意。",
        (("List of suppliers that are released", "合格供方名录", "knowledge"),),
        (
            ("Buyers", "采购员", "order, follow up", "下单、跟催"),
            ("Quality engineer", "质量工程师", "looks at suppliers", "评价供方"),
        ),
    ),
    "production": Details(
        "First-pass yield at least 98.5 %.\nPlan of the week met.",
        "一次合格率不低于98.5%。\n完成周计划。",
        "8.5.1, 8.5.2, 8.5.4",
        "停线。",
        (
            ("Two assembly lines", "两条装配线", "infrastructure"),
            ("Floor that does not charge up", "防静电地面", "environment"),
            ("38 people in two shifts", "两班38人", "people"),
        ),
        (
            ("Line leaders", "线长", "begin and stop the line", "开线、停线"),
            ("Assemblers", "装配工", "assemble, test", "装配、自检"),
        ),
    ),
    "inspection": Details(
        "At most 3 returns in 1,000 lamps.\nNo release without a complete record.",
        "每千台灯退货不超过3台。\n记录不全不放行。",
        "8.6, 8.7",
        "Holds any lot, also against the date of delivery.",
        (
            ("24 measuring instruments", "24件测量器具", "measuring"),
            ("Ageing room, 120 places", "老化房，120个工位", "infrastructure"),
            ("Light box, dark room", "灯箱、暗室", "environment"),
        ),
        (
            ("6 inspectors", "6名检验员", "draw, measure, decide", "抽样、测量、判定"),
            ("Release", "放行", "Chen Wei, Lin Xiaowen", "陈玮、林晓雯"),
        ),
    ),
    "service": Details(
        "Every parcel leaves the day after its release.\nWhoever calls has an answer within two days.",
        "放行次日发出。\n来电两天内有答复。",
        "8.5.5, 9.1.2",
        "换货和退款，每次不超过200欧元。",
        (("Warehouse in Hamburg", "汉堡仓", "external"),),
        (("Packers", "包装工", "pack, count", "包装、清点"), ("Service", "客服", "listens, answers", "倾听并答复")),
    ),
    "people": Details(
        "Nobody works alone where they have not shown that they can.",
        "未证明胜任的人不独立上岗。",
        "7.1.2, 7.2, 7.3",
        "批准上岗。",
        (("Training room, six places", "培训室，六个座位", "infrastructure"),),
        (("Process owners", "过程负责人", "say what is needed", "提出能力要求"),),
    ),
    "instruments": Details(
        "No instrument in use after its date.",
        "过期器具不在使用中。",
        "7.1.5",
        "封存器具。",
        (("Calibration laboratory in Dongguan", "东莞校准实验室", "external"),),
        (("Inspectors", "检验员", "look before each use", "每次使用前检查"),),
    ),
    "documents": Details(
        "At no place of work a text that does not hold any more.",
        "工作场所没有失效文件。",
        "7.5",
        "收回失效文件。",
        (("Screens at places of work", "工位屏幕", "infrastructure"),),
        (("Authors", "编写人", "write, change", "编写、修改"), ("Readers", "使用人", "read, ask", "阅读、提问")),
    ),
}
