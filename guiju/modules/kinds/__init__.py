"""Kinds of documents: how each is numbered, reviewed, approved and kept, and its further fields. ISO 9001 7.5.2, 7.5.3."""
