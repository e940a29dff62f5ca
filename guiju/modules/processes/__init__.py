"""Processes: what the organization does, as a plain register for now. ISO 9001 4.4."""
