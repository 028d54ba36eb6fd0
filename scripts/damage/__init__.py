"""Turns digital pages into scans: skew, noise, blur, paper tone, and what compression does."""
