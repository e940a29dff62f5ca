"""Office files made by hand, whole and hostile, for the tests of those who read them."""

import io
import zipfile
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text, style="", bold=False):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r></w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def part(body, root="document"):
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{WORD}"><w:body>{body}</w:body></w:{root}>'


STYLES = (
    f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>'
)


def docx(path: Path, *body, title="", parts=None, raw=None, compression=zipfile.ZIP_DEFLATED) -> Path:
    """A Word file with the given body; `parts` are further ones by name, `raw` replaces the document's XML."""
    properties = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></p>'
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("docProps/core.xml", properties)
        archive.writestr("word/document.xml", raw if raw is not None else part("".join(body)))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return path


def relations(*links):
    """A part of relationships: pairs of kind and target, all outside."""
    entries = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(links)
    )
    return f"<Relationships>{entries}</Relationships>"


def pdf(*pages, encrypted=False, title="", size=12) -> bytes:
    """A PDF file with lines of Latin text on each page; `encrypted` with a password nobody knows."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, lines in enumerate(pages):
        stream = "BT 50 780 Td 16 TL " + " ".join(f"/F1 {line[1]} Tf ({line[0]}) Tj T*" for line in _sized(lines, size)) + " ET"
        fonts = "<< /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {fonts} /Contents {5 + 2 * n} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) >>")
    information = len(objects)
    lock = ""
    if encrypted:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>")
        lock = f"/Encrypt {len(objects)} 0 R /ID [<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    return _file_of(objects, information, lock)


def _sized(lines, size):
    return [line if isinstance(line, tuple) else (line, size) for line in lines]


def _file_of(objects, information, lock):
    target = io.BytesIO()
    target.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(target.tell())
        target.write(f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1"))
    start = target.tell()
    entries = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    target.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}".encode())
    target.write(
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {information} 0 R {lock} >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return target.getvalue()
