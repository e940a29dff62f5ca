"""Record, the one abstract model; numbers; links between records."""
