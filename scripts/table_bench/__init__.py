"""Tables of ocrpipe beside those of other tools: truths, files, readings and scores."""
