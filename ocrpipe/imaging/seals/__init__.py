"""Seals taken off the print, red ones and grey ones; what is printed in red stays."""
