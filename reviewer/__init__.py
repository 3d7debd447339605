"""Reviewer: contracts reviewed and papers synthesized, every finding anchored to the exact words."""

__version__ = "0.1.0"
