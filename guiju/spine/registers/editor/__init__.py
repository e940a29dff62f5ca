"""Texts that people write in Markdown: the field with its tools, pictures, references to records, how it will look."""
