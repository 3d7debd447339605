"""Bytes to documents, and documents to sections.

Foreign bytes are only looked into in worker processes (crash isolation). Nothing here judges what a text means.
"""
