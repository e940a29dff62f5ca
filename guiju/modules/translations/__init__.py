"""Translations: one document in several languages, each tied to the revision it was made from. ISO 9001 7.5.2 (language)."""
