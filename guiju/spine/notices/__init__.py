"""What a person is told in the product; kept as message keys, rendered when read (law L15)."""
