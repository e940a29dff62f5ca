"""What becomes of newer editions with the revisions that take them over."""
