"""Photographed sheets mapped flat: where the sheet lies, and how it is bent."""
