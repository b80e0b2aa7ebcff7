"""The pages of duties and scores."""
