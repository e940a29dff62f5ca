"""Actions: corrections, corrective actions and improvements, their causes, and whether they worked. ISO 9001 10.1 to 10.3."""
