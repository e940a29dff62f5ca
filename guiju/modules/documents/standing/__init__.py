"""What people go by: the revision in force, and who is shown another (law L16)."""
