"""考核办法的语言 What a regulation can say, as a clerk writes it: see docs/regulations.md."""
