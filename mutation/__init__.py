"""Faults put in on purpose (`make mutation`): would a test notice? See docs/mutation.md for how, and for the last result."""
