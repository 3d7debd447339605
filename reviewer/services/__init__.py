"""Use cases: one class per noun a user would say (library, runs, workflows, models), built on engine and ports.

The window and the command line are two faces of these. No formatting, no arguments, no Qt.
"""
