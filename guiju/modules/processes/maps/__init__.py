"""The process map: which processes there are, what flows between them, how they stand, and how it is drawn and arranged."""
