"""Indicators: what a process is measured by, its values, and what they say. ISO 9001 4.4.1 c), 9.1.1, 9.1.3."""
