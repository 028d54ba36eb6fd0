"""Turns digital pages into scans, photos and faxes, and harms the paper before."""
