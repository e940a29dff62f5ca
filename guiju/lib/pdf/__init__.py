"""Prints: data and a template of ours become a PDF, set by Typst in this process.

What people wrote never becomes Typst source: it goes in as JSON, and the templates make content of it. The compiler sees one
folder with the template, the data and the pictures that are given, nothing else, and no network.
"""

from guiju.lib.pdf.glyphs import Missing, missing_glyphs
from guiju.lib.pdf.typesetting import Unprintable, typeset, typeset_close

__all__ = ["Missing", "Unprintable", "missing_glyphs", "typeset", "typeset_close"]
