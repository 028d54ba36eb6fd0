"""Text detection, text recognition and scripts: engines behind one port, lines and cells."""
