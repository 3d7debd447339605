"""Classification without a model call: language identification and rule routes."""
