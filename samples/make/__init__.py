"""Content and page designs in, the sample documents with their truth out: `python -m samples.make`."""
