"""Which kind of documented information a title, a name or a text speaks of, in English and Chinese."""

import re

from guiju.lib.document_numbers import is_standard

KINDS = ("policy", "manual", "procedure", "work_instruction", "specification", "form", "record", "plan", "report", "external")

_ENGLISH = {
    "procedure": "sops?|standard operating procedures?|procedures?|process descriptions?",
    "work_instruction": "work instructions?|working instructions?|instructions?|wi|swi|test methods?",
    "specification": "specifications?|specs?|data ?sheets?",
    "form": "forms?|templates?|checklists?|check lists?|questionnaires?|worksheets?|sheets?",
    "record": "lists?|registers?|registry|logs?|records?|minutes|mappings?|matrix|inventory|certificates?|letters?|notices?",
    "plan": "plans?|programs?|programmes?|schedules?|roadmaps?",
    "report": "reports?|evaluations?|protocols?",
    "manual": "manuals?|handbooks?|guides?",
    "policy": "policy|policies|code of conduct|mission|objectives?",
    "external": "directives?|regulation|licen[cs]es?|act|law|international",
}
_CHINESE = {
    "procedure": "程序|程序文件|控制程序|管理程序|管理办法|管理规定|规定|制度|办法|流程|细则",
    "work_instruction": "作业指导书|指导书|操作规程|规程|作业标准|检验规范|操作指引|指引|作业指引|检验标准|工艺卡|说明书",
    "specification": "规格|规格书|产品规格|技术规格书|规范|技术要求",
    "form": "表|表单|表格|检查表|记录表|申请单|单|模板|样表|问卷|调查表|卡",
    "record": "记录|清单|台账|一览表|登记表|登记簿|目录|纪要|名录|名单|对照表|矩阵|证书|通知|任命书|委任书",
    "plan": "计划|计划表|方案|策划|日程|进度表",
    "report": "报告|报告书|总结|评估报告|分析报告|年报",
    "manual": "手册|指南",
    "policy": "方针|政策|质量目标|目标|承诺|宣言",
    "external": "法|条例|国家标准|行业标准|法规",
}
_BEGINNINGS = {
    "procedure": r"(?i)\bthis (?:sop|procedure)\b|本(?:程序|制度|办法|规定)",
    "work_instruction": r"(?i)\bthis (?:work )?instruction\b|本(?:作业指导书|指导书|规程|规范)",
    "manual": r"(?i)\bthis (?:quality )?(?:manual|handbook)\b|本手册",
    "policy": r"(?i)\bthis policy\b|本方针",
    "plan": r"(?i)\bthis plan\b|本(?:计划|方案)",
    "report": r"(?i)\bthis report\b|本报告",
    "form": r"(?i)\bthis (?:form|checklist|questionnaire)\b|填写说明|本表",
}
_OF_NUMBER = {
    "manual": "QM|MAN|QAM",
    "procedure": "QP|SOP|COP|QSP|PROC|QOP|CX",
    "work_instruction": "WI|SWI|QWI|ZY",
    "specification": "SP|SPEC",
    "form": "F|FM|FRM|FORM|QF|BD",
    "record": "QR|REC|JL",
    "policy": "POL",
}
_HEAD_ENDS = re.compile(r"(?i)\s+(?:of|for|on|to|with|about)\s+|[,(\uff08:\uff1a]|\s[-\u2013\u2014]\s")


def kind_of(title: str, name: str, text: str, number: str | None, said: str = "") -> str:
    """The kind, by what the cover says, the number's letters, the title, the name, the text's beginning; else record."""
    return (
        _by_title(said)
        or _by_number(number or "")
        or _by_title(title)
        or _by_title(re.sub(r"[-_]+", " ", name))
        or _by_text(text)
        or "record"
    )


def _by_number(number: str) -> str | None:
    groups = re.findall(r"[A-Z]+", number.upper())
    for kind, prefixes in _OF_NUMBER.items():
        if set(groups[:2]) & set(prefixes.split("|")):
            return kind
    return None


def _by_title(title: str) -> str | None:
    """Chinese names its kind last (文件控制程序); English at the end of its first noun (audit plan, list of suppliers)."""
    if not title:
        return None
    if re.search(r"[\u4e00-\u9fff]", title) and (chinese := _last_chinese(title)):
        return chinese
    words = re.sub(r"[-_]+", " ", title)
    head = _HEAD_ENDS.split(words.strip(), maxsplit=1)[0]
    found = _english_at(head, first=True) or _english_at(head) or _english_at(words)
    return found if found not in {None, "external"} else ("external" if found or is_standard(title) else None)


def _english_at(text: str, *, first: bool = False) -> str | None:
    """The kind whose word stands at the very beginning, or else of those in the text the last and longest."""
    best: tuple[int, int, str] | None = None
    for kind, words in _ENGLISH.items():
        for match in re.finditer(rf"(?i)\b(?:{words})\b", text):
            if first and (match.start() > 0 or kind not in {"procedure", "work_instruction"}):
                continue
            place = (match.end(), match.end() - match.start(), kind)
            best = max(best, place) if best else place
    return best[2] if best else None


def _last_chinese(text: str) -> str | None:
    best: tuple[int, int, str] | None = None
    for kind, words in _CHINESE.items():
        for word in words.split("|"):
            start = text.rfind(word)
            if start >= 0:
                place = (start + len(word), len(word), kind)
                best = max(best, place) if best else place
    return best[2] if best else None


def _by_text(text: str) -> str | None:
    beginning = text[:1500]
    found = [(match.start(), kind) for kind, cue in _BEGINNINGS.items() if (match := re.search(cue, beginning))]
    return min(found)[1] if found else None
