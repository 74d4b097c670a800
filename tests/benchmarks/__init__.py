"""Commands that measure: long runs, which no test makes."""
