"""The files of the sample, made while it is made: a picture that stands in a text, and a text as an office file."""

import io
import re
import zipfile
from html import escape

from PIL import Image, ImageDraw, ImageFont

from guiju.lib.pdf.glyphs import FONTS
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import keep

PICTURES = {"reflow-profile": "回流焊温度曲线.png"}  # by the name under which a text of the folder asks for it
_ASKED = re.compile(r"\(attachment:(" + "|".join(PICTURES) + r")\)")
INK, LINE, CURVE, BAND = "#1d2530", "#c9cfd8", "#234374", ("#eef2f8", "#ffffff")
WIDTH, HEIGHT, LEFT, TOP, FOOT = 960, 440, 74, 44, 40
SECONDS, HOTTEST = 300, 260
PROFILE = ((0, 25), (70, 150), (155, 190), (185, 217), (205, 240), (222, 242), (245, 217), (300, 90))
ZONES = ((0, 70, "预热"), (70, 155, "恒温"), (155, 245, "回流"), (245, 300, "冷却"))


def pictured(text: str) -> str:
    """A text of the folder with the pictures that it asks for, kept for whoever writes it."""
    return _ASKED.sub(lambda found: f"(attachment:{keep(reflow_profile(), PICTURES[found[1]]).pk})", text)


def reflow_profile() -> io.BytesIO:
    """The temperature of a board on its way through the oven, as a PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font, small = (ImageFont.truetype(str(FONTS / "GuijuSans-Regular.otf"), size) for size in (22, 18))
    for place, (start, end, words) in enumerate(ZONES):
        draw.rectangle((*_at(start, HOTTEST), *_at(end, 0)), fill=BAND[place % 2])
        draw.text((_at((start + end) / 2, 0)[0], TOP - 8), words, INK, font, anchor="ms")
    for heat in (50, 100, 150, 190, 217, 250):
        draw.line((*_at(0, heat), *_at(SECONDS, heat)), LINE, 1)
        draw.text((LEFT - 10, _at(0, heat)[1]), str(heat), INK, small, anchor="rm")
    for second in range(0, SECONDS + 1, 50):
        words, anchor = (str(second), "mt") if second < SECONDS else (f"{second} s", "rt")
        draw.text((_at(second, 0)[0], HEIGHT - FOOT + 10), words, INK, small, anchor=anchor)
    draw.line([_at(*point) for point in PROFILE], CURVE, 4, joint="curve")
    draw.line((*_at(0, HOTTEST), *_at(0, 0), *_at(SECONDS, 0)), INK, 2)
    draw.text((LEFT - 10, TOP - 8), "°C", INK, small, anchor="rs")
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    stream.seek(0)
    return stream


def _at(second: float, heat: float) -> tuple[float, float]:
    x = LEFT + second / SECONDS * (WIDTH - LEFT - 24)
    return x, HEIGHT - FOOT - heat / HOTTEST * (HEIGHT - FOOT - TOP)


def office_file(text: str, name: str) -> Attachment:
    """A Markdown text of headings, paragraphs and lists as a Word file, kept for whoever writes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in PARTS.items():
            archive.writestr(path, content)
        archive.writestr("word/document.xml", DOCUMENT % "".join(_paragraph(line) for line in text.splitlines() if line.strip()))
    stream.seek(0)
    return keep(stream, name)


def _paragraph(line: str) -> str:
    heading = line.startswith("#")
    style = '<w:pPr><w:spacing w:before="240"/></w:pPr>' if heading else ""
    letters = '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr>' if heading else ""
    return f'<w:p>{style}<w:r>{letters}<w:t xml:space="preserve">{escape(line.lstrip("# "))}</w:t></w:r></w:p>'


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCUMENT = f'{_HEAD}<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1"'
    f' Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
}
