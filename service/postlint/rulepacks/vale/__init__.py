"""Vale styles as postlint packs: read, translated, proven by the linter, written."""
