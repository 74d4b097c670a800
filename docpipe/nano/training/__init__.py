"""Generated pages become nano's weights: examples, losses, the loop and its evaluation."""
