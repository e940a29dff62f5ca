"""The end of documents: what is left of one after its disposal. ISO 9001 7.5.3.2 d)."""
