"""An older database becomes one of this version, step by step."""
