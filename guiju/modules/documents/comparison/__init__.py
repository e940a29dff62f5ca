"""Revisions of a document and what changed between them, for programs."""
