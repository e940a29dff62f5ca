"""Keeping for programs."""
