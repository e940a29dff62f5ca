"""Editions: external documents are watched for newer editions by somebody. ISO 9001 7.5.3.2 (documented information of external
origin)."""
