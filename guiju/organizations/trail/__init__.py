"""The audit trail for people without a shell: its entries listed, and its verification asked for (ISO 9001 7.5.3.2)."""
