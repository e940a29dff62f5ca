"""The reading matrix: people against documents, and what one person has read. ISO 9001 7.2 d, 7.3."""
