"""Guiju 规矩: an open quality management system."""

__version__ = "0.1.0"
