"""Backups: the whole installation as it was in one moment, made while it runs, checked, and brought back."""
