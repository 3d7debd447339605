"""The window: views, view models, widgets. Qt is imported here and in `reviewer.app` only."""
