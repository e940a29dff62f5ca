"""Complaints: dissatisfaction that customers express, and our answers. ISO 9001 8.2.1, 9.1.2."""
