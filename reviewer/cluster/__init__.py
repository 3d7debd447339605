"""Many machines: the adapter of the distributed engine (optional extra). One document never needs it."""
