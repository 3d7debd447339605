"""Protocols only: what the engine and the services ask of the outside world.

An adapter in a sibling layer (parsing, handlers, classifiers, providers, storage, export) implements one of these.
No code runs here.
"""
