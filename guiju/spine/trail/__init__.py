"""The append-only audit trail: written with every change, verified by anyone, read as of any past instant."""
