"""Pure values and pure functions: what a document, a section, a vote, a finding and a report are.

Nothing here reads a file, opens a socket, looks at the clock or imports anything but the standard library.
What needs a port, a thread or an event loop belongs in another layer.
"""
