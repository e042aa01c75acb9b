"""All result files of an event in one that opens in ten years."""
