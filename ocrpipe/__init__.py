"""Turn scanned and digital Chinese report filings into checked data."""
