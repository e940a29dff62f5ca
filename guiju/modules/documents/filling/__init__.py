"""Forms that are filled in: the record that comes of it says by which revision of the form it was made (ISO 9001 7.5.3)."""
