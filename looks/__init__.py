"""Every page in every look through axe (`make looks`): see docs/looks.md for how, and for the last result."""
