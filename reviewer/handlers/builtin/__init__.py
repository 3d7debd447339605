"""The built-in checks: deterministic, transparent, no model. What they cannot judge they say is not assessed."""
