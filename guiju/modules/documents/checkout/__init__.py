"""Working on an office file outside: it is taken by one person, cannot be replaced by others meanwhile, and is brought back."""
