"""Readings: who gets a document, reads what changed in it, and confirms that. ISO 9001 7.3, 7.5.3.1."""
