"""The words that stand before number, revision, dates and people on covers, in English and Chinese."""

import re

_WRITTEN = {
    "number": """
        document number|document no|document num|doc number|doc no|document id|doc id|document code|doc code|document ref
        document reference|document identifier|procedure no|procedure number|sop no|sop number|form no|form number|file no
        文件编号|文件编码|文件号|文档编号|资料编号|编号|编码|表单编号|表格编号|记录编号|制度编号|程序编号|手册编号""",
    "revision": """
        revision|revision no|revision number|rev|rev no|version|version no|version number|document version|doc version
        document revision|issue no|issue number|edition
        版本|版本号|版次|版号|修订号|修订版本|版本/修订|版本/版次|版本/修订号|版次/修订|版本/状态|修订状态|文件版本
        修改状态|版本/修改状态|版本号/修订号""",
    "title": """
        title|document title|document name|doc title|doc name
        标题|文件名称|文件标题|文档名称|文件名|制度名称|程序名称""",
    "effective_on": """
        effective date|effective|effective from|effective on|valid from|date effective|date of issue|issue date|issued on
        release date|date of release
        生效日期|生效日|生效时间|实施日期|发布日期|发行日期|执行日期|颁布日期|发布/实施日期""",
    "approved_on": """
        approval date|date of approval|date approved|approved on
        批准日期|批准时间|审批日期|核准日期|签发日期""",
    "author": """
        author|authors|prepared by|written by|created by|drafted by|originator
        编制|编制人|编制者|编写|编写人|起草|起草人|拟制|拟制人|拟定|拟定人|制定|制定人|制订|制订人|作者|撰写人""",
    "reviewer": """
        reviewer|reviewed by|checked by|verified by
        审核|审核人|审核者|审查|审查人|会审""",
    "approver": """
        approver|approved by|authorized by|authorised by|released by
        批准|批准人|批准者|审批|审批人|审定|核准|核准人|签发|签发人""",
    "owner": """
        owner|document owner|process owner
        责任人|文件负责人|负责人|文件责任人|过程负责人""",
    "kind": """
        document type|type of document|doc type|document category
        文件类别|文件类型|文档类型""",
}
KEYS = {label.strip(): key for key, labels in _WRITTEN.items() for label in re.split(r"[|\n]", labels) if label.strip()}
OF_FRONT_MATTER = KEYS | {
    "id": "number",
    "number": "number",
    "no": "number",
    "ref": "number",
    "date": "effective_on",
    "type": "kind",
}
# Dates are found under weak labels only where a line or a column holds nothing else.
WEAK_DATES = {"date", "日期"}

# Full-width punctuation, one for one, so that places in the text stay the same.
NARROW = str.maketrans("\uff1a\uff1b\uff0c\uff08\uff09\uff0f\uff0e\u3000", ":;,()/. ")
_ANY = "|".join(sorted((re.escape(label).replace(r"\ ", r"(?:\.\s*|\s+)") for label in KEYS), key=len, reverse=True))
IN_LINE = re.compile(rf"(?i)(?:^|(?<=[\s|/;,(]))({_ANY})\s*\.?\s*:\s*")


def key_of(label: str) -> str | None:
    """Which key a label stands for, None if it is no label."""
    return KEYS.get(plain_label(label))


def plain_label(label: str) -> str:
    """A label as it is listed: small letters, without colon, dot, remark in brackets, or gaps between Chinese."""
    label = " ".join(re.sub(r"[^\w/(]|_", " ", label.casefold().translate(NARROW)).split())
    label = re.sub(r"\s*\(.*$", "", label).strip(" /")
    return label.replace(" ", "") if re.search(r"[\u4e00-\u9fff]", label) else label
