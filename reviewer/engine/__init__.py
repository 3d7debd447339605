"""The general machine: sectioning, routing, voting, aggregating, and the pool that asks many models at once.

It knows workflows, items, votes and positions, and nothing of law or science. It reads no file and opens no socket:
everything outside is a port that is handed in.
"""
