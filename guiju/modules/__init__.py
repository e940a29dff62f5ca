"""The product: one folder per subject."""
