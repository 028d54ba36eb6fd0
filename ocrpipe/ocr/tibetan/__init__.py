"""Printed Tibetan: our own recogniser, its decoding, spelling and views."""
