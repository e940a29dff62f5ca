"""What people said about documents, and what they asked each other to do."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.approval.reviewing import ASKED, DOOR


@dataclass(frozen=True)
class Remark:
    """A comment: when (working day and time), by whom, under which document."""

    day: int
    clock: str
    who: str
    number: str
    text: str


REMARKS = (
    Remark(-216, "10:05", "min", "QP-05", "Can we keep paper at the oven? The screen there gets too warm."),
    Remark(-216, "16:20", "xiaowen", "QP-05", "Yes, with the code on it. It stands in section 5."),
    Remark(-197, "11:40", "li", "WI-031", "老化4小时以后，下午的批要到第二天早上才能检。产能够吗？"),
    Remark(-196, "09:12", "min", "WI-031", "够。老化房120位，两班可以周转。"),
    Remark(-161, "14:33", "yiting", "QP-23", "Market places ask for their own marks as well. Do they belong into the matrix?"),
    Remark(-161, "16:02", "siyuan", "QP-23", "Yes. I have added section 5."),
    Remark(-110, "13:25", "haiyan", "QP-03", "德国同事问有没有德文版。可以先给他们英文版。"),
    Remark(-82, "17:10", "jia", "SP-L2", "The second source has confirmed that it can keep 1.0 at every level."),
    Remark(-60, "15:55", "jun", "WI-027", "工位07的烙铁已经收走，这份可以撤了。"),
    Remark(-45, "10:30", "jia", "WI-058", "封样我已经向两家供方各要了三片，放在来料检验台。"),
    Remark(-15, "21:10", "hao", "WI-044", "夜班没有质量工程师在场，停线以后打哪个电话？"),
    Remark(-14, "09:05", "xiaowen", "WI-044", "打值班手机，号码贴在测试仪上。"),
    Remark(-14, "09:50", "siyuan", "QP-12", "Flicker of the trial lot: at which level?"),
    Remark(-6, "11:15", "hao", "QP-05", "夜班可以由线长收旧文件，但要有人把新的打印好放在门口。"),
    Remark(-1, "15:30", "li", "WI-046", "新的扭矩试装了30台，没有下垂。"),
    Remark(0, "-50", "siyuan", "SP-C100", "First measurement without a fan: 78 °C. Three degrees too many."),
)


@dataclass(frozen=True)
class Request:
    """Something one person asks of another: a door of a document, by a day told from today."""

    day: int
    by: str
    who: str
    number: str
    door: str
    due: int
    what: str


FINISH = _("Finish the draft of “%(title)s”")
APPROVE = _("Approve “%(title)s” once it has been reviewed")

REQUESTS = (
    Request(-12, "xiaowen", "min", "WI-038", DOOR, 0, ASKED),
    Request(-11, "xiaowen", "wei", "QP-08", DOOR, 0, ASKED),
    Request(-9, "xiaowen", "siyuan", "QP-23", DOOR, 21, ASKED),
    Request(-9, "xiaowen", "yan", "QP-25", DOOR, 24, ASKED),
    Request(-3, "xiaowen", "wei", "WI-031", "approve", 7, APPROVE),
    Request(-3, "xiaowen", "min", "FM-012", DOOR, 9, ASKED),
    Request(-2, "jia", "min", "WI-052", "submit", 0, FINISH),
    Request(-2, "guoliang", "wei", "QP-27", "submit", 0, FINISH),
    Request(-2, "guoliang", "siyuan", "SP-C100", "submit", 25, FINISH),
    Request(-1, "xiaowen", "wei", "QP-17", DOOR, 18, ASKED),
    Request(-1, "min", "siyuan", "WI-046", "approve", 6, APPROVE),
)

# Whose file somebody has taken to work on it and not brought back: number, working day, who.
FILES_TAKEN = (("WI-065", -1, "min"),)

# Working days on which everybody has read what they were told; the latest stays to be read.
READ_ON = (-200, -150, -100, -50, -9)
