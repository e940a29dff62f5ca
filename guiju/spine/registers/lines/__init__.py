"""Lines: rows that belong to a record, declared with its register, with pages, history and API of their own."""
