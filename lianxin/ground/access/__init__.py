"""权限 Who may do what to what, and why not: users, grants, and the only answerer."""
