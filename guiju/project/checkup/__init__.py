"""The page of health: what keeps the installation in order, line by line in plain words, and what to do where it is not."""
