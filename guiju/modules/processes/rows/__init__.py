"""The lines of a process, by their kinds."""
