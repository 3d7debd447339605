"""The parts of the window. They show view models and say what the user did; they decide nothing."""
