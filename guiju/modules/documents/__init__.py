"""Documents: documented information, from draft to withdrawal. ISO 9001 7.5."""
