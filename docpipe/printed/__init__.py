"""What is printed on paper, and what it means: amounts, dates, words. Knows nothing of models, pages or steps."""
