"""The cards of the settings page, each about one thing."""
