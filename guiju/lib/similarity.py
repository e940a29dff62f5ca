"""How alike two texts are: shares of common word sequences, in Chinese and in other languages alike."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from guiju.lib.words import words

Key = TypeVar("Key")
Fingerprint = tuple[int, ...]

WORDS_TOGETHER = 3
_PRIME = (1 << 61) - 1
_MIX = (0x1D8AF066C2A5E4B7, 0x0B7E151628AED2A7, 0x13198A2E03707345)
SIZE = 512  # numbers kept of a long text: the error of the estimate stays near 2 %
COMMON_SHARE = 0.2  # of all texts: a sequence in more of them is a letterhead, a footer or a licence
COMMON_AT_LEAST = 5


def fingerprint(text: str) -> Fingerprint:
    """A text as at most SIZE numbers in order: the lowest hashes of its word sequences (all of them if they are few)."""
    return _lowest(_sequences(text))


def similarity(a: Fingerprint, b: Fingerprint) -> float:
    """The share of word sequences two fingerprints have in common, from 0 to 1; exact for short texts."""
    if not a or not b:
        return 0.0
    together = _lowest({*a, *b})
    return len(set(together) & set(a) & set(b)) / len(together)


def near_duplicates(items: Sequence[tuple[Key, str]], threshold: float = 0.8) -> list[tuple[Key, Key, float]]:
    """Pairs of texts at least as alike as `threshold`, the most alike first, in the order of the items within a pair.

    What many of the texts have in common (a footer, a licence) does not count; texts of nothing else are compared whole.
    """
    sequences = [_sequences(text) for _, text in items]
    spread = Counter(number for found in sequences for number in found)
    most = max(COMMON_AT_LEAST, int(len(items) * COMMON_SHARE))
    own = [{number for number in found if spread[number] <= most} or found for found in sequences]
    prints = [_lowest(found) for found in own]
    pairs = [(a, b, similarity(prints[a], prints[b])) for a, b in _candidates(prints)]
    alike = sorted((pair for pair in pairs if pair[2] >= threshold), key=lambda pair: (-pair[2], pair[0], pair[1]))
    return [(items[a][0], items[b][0], round(share, 4)) for a, b, share in alike]


def _sequences(text: str) -> set[int]:
    """The text's sequences of words as numbers spread evenly, the same in every process."""
    numbers = [zlib.crc32(token.encode()) for token in words(text)]
    if not numbers:
        return set()
    numbers += [0] * (WORDS_TOGETHER - len(numbers))
    return {
        (a * _MIX[0] + b * _MIX[1] + c * _MIX[2]) % _PRIME for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False)
    }


def _lowest(numbers: Iterable[int]) -> Fingerprint:
    return tuple(sorted(numbers)[:SIZE])


def _candidates(prints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """Pairs that share numbers enough to be worth comparing."""
    holders: dict[int, list[int]] = defaultdict(list)
    for index, numbers in enumerate(prints):
        for number in numbers:
            holders[number].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for among in holders.values():
        for place, a in enumerate(among):
            for b in among[place + 1 :]:
                shared[a, b] += 1
    return [(a, b) for (a, b), count in shared.items() if 4 * count >= min(len(prints[a]), len(prints[b]))]
