"""The organizations and people of the tests beside the code."""

from guiju.conftest import as_wei, lanzhu, other

__all__ = ["as_wei", "lanzhu", "other"]
