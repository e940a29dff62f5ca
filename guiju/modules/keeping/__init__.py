"""Keeping: how long documents are kept once out of force, holds, disposal by two people. ISO 9001 7.5.3.2, ISO 15489-1."""
