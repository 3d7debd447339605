"""What the window shows, as values and Qt models. QtCore only: everything here can be tested without a widget."""
