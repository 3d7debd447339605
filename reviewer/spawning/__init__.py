"""Worker processes: started, watched and ended alike, whatever runs in them.

They are spawned on every system, never forked: threads and native libraries do not survive a fork.
"""
