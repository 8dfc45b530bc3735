"""The rules as pages for people: what is wrong, why, whom it hurts, how to turn it off."""
