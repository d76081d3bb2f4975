"""What makes a new machine a droplet of the app."""
