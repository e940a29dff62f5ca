"""Calling paper copies back: when, whom to ask, and when it is done."""
