"""Worker processes, on this machine or on Ray, and what they are told and tell."""
