"""Workflow, Transition, perform(): a frozen table whose guards say what is missing."""
