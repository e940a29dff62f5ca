"""Organizations, people, memberships, roles, sign-in. ISO 9001 5.3, 7.1.2."""
