"""Where a step goes on, as people write it."""

from guiju.lib.swim_lanes import Way, read_ways


def read(text: str) -> tuple[Way, ...]:
    """The ways that are kept; none where the text names none, which nobody could have entered."""
    try:
        return read_ways(text)
    except ValueError:
        return ()
