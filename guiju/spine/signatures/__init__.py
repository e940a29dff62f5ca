"""Electronic signatures: who, when, with what meaning, over which content (laws L9, L10)."""
