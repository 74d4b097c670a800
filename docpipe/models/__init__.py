"""Model backends: requests to replies."""
