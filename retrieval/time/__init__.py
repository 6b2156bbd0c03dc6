"""Times that a question names, and how well the date of an article suits them."""
