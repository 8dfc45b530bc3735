"""How a post reads: views with offset maps, sentences, word edges."""
