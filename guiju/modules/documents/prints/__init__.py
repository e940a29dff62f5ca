"""A document on paper."""
