"""The kiosk surface."""
