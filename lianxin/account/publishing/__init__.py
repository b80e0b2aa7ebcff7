"""公布 Public pages over several apps."""
