"""Copies: numbered paper copies of documents in force, who holds them, and calling them back. ISO 9001 7.5.3.2 a, c."""
