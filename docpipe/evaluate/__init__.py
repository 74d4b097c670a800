"""Documents and their expected values become how well a model reads them: figures, intervals, pictures of misses."""
