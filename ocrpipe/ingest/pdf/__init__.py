"""PDF files to pages: their text layer, vectors and rasters."""
