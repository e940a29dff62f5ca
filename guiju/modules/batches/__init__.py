"""Batches: one step for many documents at once: another owner, distribution, sending to review. ISO 9001 7.5.3."""
