"""Killing the product while it writes (`make survive`): see docs/survival.md for how, and for the last result."""
