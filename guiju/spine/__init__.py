"""What all records share; it knows no module."""
