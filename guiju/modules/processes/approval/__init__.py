"""How a process comes into force: what is missing before a step, what a step asks for, what it does."""
