"""Files: stored by their digest, referenced by an attachment's id, never overwritten (law L19)."""
