"""ImportRun, OnceToken: what register pages keep."""
