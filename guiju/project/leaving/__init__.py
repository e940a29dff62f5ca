"""An organization leaves with all that is its own, and comes back: one folder that a stranger can verify."""
