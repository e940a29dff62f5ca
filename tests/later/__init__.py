"""A later release, for the tests of upgrading: the product, and an app whose migrations wait."""
