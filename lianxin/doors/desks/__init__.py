"""前门 The front doors: /me /desk /unit /hall /lead."""
