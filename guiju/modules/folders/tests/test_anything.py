"""Whatever a folder holds, it is brought in or left aside with a reason, and nothing is half written."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.lib.tests.anything import blobs, damaged, texts
from guiju.lib.tests.test_anything import PDF, WORD, WORKBOOK
from guiju.modules.documents.models import Document
from guiju.modules.folders import services
from guiju.spine.trail.verify import verify

NAMES = st.builds(lambda stem, ending: stem + ending, texts, st.sampled_from([".md", ".docx", ".pdf", ".xlsx", ""]))
FILES = st.dictionaries(NAMES, blobs | damaged([WORD, WORKBOOK, PDF]), max_size=3)


@settings(max_examples=settings.default.max_examples // 12)  # each reads its files in another process
@given(files=FILES)
def test_any_folder_is_brought_in_or_left_aside(as_wei, tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("folder")
    for name, raw in files.items():
        safe = name.replace("/", "_").replace("\x00", "").encode("utf-8", "replace")[:200].strip(b".")
        (Path(str(folder)) / (safe.decode("utf-8", "ignore") or "file")).write_bytes(raw)
    before = Document.objects.count()
    report = services.bring_in(folder).as_json()
    assert report["counts"]["files"] == report["counts"]["documents"] + report["counts"]["left_out"]
    assert Document.objects.count() == before + report["counts"]["documents"]
    assert list(verify()) == []
