"""What may come from outside, for the properties: any text and any bytes, and such as nearly make sense."""

import io
import json
import zipfile
from collections.abc import Sequence

from hypothesis import strategies as st

PIECES = (
    *"# ## - * > | ` ``` ~~~ ** __ []( )(  ![a](b) [[QP-01]] <script> &lt; &#0; \\ \n \n\n \t \r --- === 1. 1) :-: +".split(" "),
    *"QP-01 WI 031 Q/ABC 0101-2023 ISO 9001:2015 GB/T 19001-2016 V2.1 rev. B 第三版 第十二版 A/0 A4".split(),
    *"2026-11-23 23.11.2026 2026年11月23日 03/04/2024 岚竹 文件编号： 版本 Document No. | Title: effective on".split(),
    *"true 是 -1 1e9 0x1f ' \" ; %s {x} \ufeff".split(),
    *(chr(code) for code in (0, 7, 27, 0x85, 0xA0, 0x200B, 0x200D, 0x202E, 0x2028, 0xFFFD, 0xFFFF, 0x1F468, 0x20000)),
)
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join))
blobs = st.binary(max_size=400) | texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
# Deeper than any parser goes down, and numbers longer than any are read.
awkward = st.sampled_from(["[" * 100_000, '{"a":' * 50_000, "9" * 5_000, '{"a": 1e999}', "NaN", "null", '"', "", "\x00"])
json_texts = awkward | texts | values.map(json.dumps)


@st.composite
def damaged(draw, originals: Sequence[bytes]) -> bytes:
    """One of the originals with a few places overwritten, and perhaps cut off."""
    content = bytearray(draw(st.sampled_from(list(originals))))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        damage = draw(st.binary(min_size=1, max_size=20) | st.sampled_from([b"\xff" * 8, b"\x00" * 8, b"9" * 12, b"-1"]))
        content[place : place + len(damage)] = damage
    return bytes(content[: draw(st.integers(1, len(content)))] if draw(st.integers(0, 3)) == 0 else content)


def repacked(original: bytes, part: int, content: bytes) -> bytes:
    """A zip file with another content in one of its parts, whole in itself: the damage reaches those who read the parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            new.writestr(name, content if name == names[part % len(names)] else old.read(name))
    return target.getvalue()


def parts_of(original: bytes) -> list[bytes]:
    """What stands in the parts of a zip file."""
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        return [archive.read(name) for name in archive.namelist()]
