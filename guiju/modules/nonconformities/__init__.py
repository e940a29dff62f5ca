"""Nonconformities: what does not meet a requirement, what was done with it, and why it came about. ISO 9001 8.7, 10.2."""
