"""What lies in the output of a batch: results, dataset and summary."""
