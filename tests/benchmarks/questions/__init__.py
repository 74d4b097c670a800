"""Questions over 500 generated documents whose truth is known, and what scores the answers."""
