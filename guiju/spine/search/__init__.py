"""One box over all records and inside their files, Chinese and English, the same on both databases (section 9)."""
