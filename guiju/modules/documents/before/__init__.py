"""What was in force before this system: stated as it came, and taken over with a signature. ISO 9001 7.5.3."""
