"""Anything at all, sent to the API and to every reader (`make fuzz`): see docs/fuzzing.md for how, and for the last result."""
