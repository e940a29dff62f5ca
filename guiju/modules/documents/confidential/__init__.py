"""Confidential documents: hidden from all but those who work on them and those who were let in. ISO 9001 7.5.3.1 b."""
