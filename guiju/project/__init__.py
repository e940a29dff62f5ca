"""The composition root: settings, addresses, commands; the only package that knows all."""
