"""Review and approval: who is asked, what is missing, what is remarked, what a step does. ISO 9001 7.5.2."""
