"""Widgets of our own that know nothing of contracts or papers beyond what they are given to show."""
