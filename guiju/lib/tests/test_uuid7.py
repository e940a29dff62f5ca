from concurrent.futures import ThreadPoolExecutor

import uuid_utils

from guiju.lib import uuid7 as keys
from guiju.lib.uuid7 import uuid7


def test_it_is_a_uuid_of_version_7_and_the_rfc_variant():
    made = uuid7()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_its_time_agrees_with_another_implementation(monkeypatch):
    monkeypatch.setattr(keys, "_last", 0)  # a test that travelled in time leaves later keys behind
    ours, theirs = uuid7(), uuid_utils.uuid7()
    assert abs((ours.int >> 80) - (theirs.int >> 80)) < 1000  # milliseconds


def test_each_is_larger_than_the_one_before():
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_never_get_the_same():
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: [uuid7() for _ in range(1000)], range(8)))
    assert len({one for many in made for one in many}) == 8000
