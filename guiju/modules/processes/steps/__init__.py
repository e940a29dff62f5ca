"""The flow of a process: its steps, who takes them, and where each goes on."""
