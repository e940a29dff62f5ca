"""Shared terminals: what is in force, shown where work is done, and confirmed with number and PIN. ISO 9001 7.5.3.1 a."""
