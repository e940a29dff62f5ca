"""The forms of Lanzhu Lighting, and records that were made with them or signed as documents."""

from guiju.project.sample.lives import Issue, Life, as_usual

PAPER_ZH = "由纸质文件转入，内容未改。"

LIVES = (
    Life(
        "FM-004",
        "form",
        "批检验记录",
        "inspection",
        "wei",
        150,
        (
            Issue("2", "xiaowen", -242, as_usual("li", "wei", 0), PAPER_ZH),
            Issue(
                "3",
                "xiaowen",
                -150,
                as_usual("li wei", "wei", 4),
                "不得有空格；放行人不得是本批检验员。",
                "春季有两批记录留空仍然放行。",
            ),
        ),
    ),
    Life(
        "FM-012",
        "form",
        "炉温曲线记录",
        "production",
        "min",
        260,
        (Issue("1", "min", -39, as_usual("jun siyuan"), "新编。"),),
    ),
    Life(
        "RC-014",
        "record",
        "C65充电器：标签耐磨试验记录",
        "inspection",
        "xiaowen",
        None,
        (Issue("1", "xiaowen", -15, as_usual("siyuan", "wei", 0), "试验记录，随文件审批。"),),
    ),
    Life(
        "RC-016",
        "record",
        "炉温曲线记录：L2灯板，换产品之后",
        "production",
        "min",
        None,
        (Issue("1", "min", -13, as_usual("siyuan", "wei", 0), "按FM-012填写。"),),
        made_with="FM-012",
    ),
)
