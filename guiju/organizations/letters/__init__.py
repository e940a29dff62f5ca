"""Notices by e-mail: a digest each day, at once what is urgent; who gets which, and what mail servers refused."""
