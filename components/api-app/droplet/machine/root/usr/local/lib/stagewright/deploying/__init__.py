"""The deploy command of a droplet."""
