"""Pages of residents who follow a matter by its code: no account, and nothing that outlasts an hour."""
