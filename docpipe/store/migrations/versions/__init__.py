"""One file for each step, in order. What stands in them never changes once it was released."""
