"""事项 What every matter that is followed shares: case, round, handover and its clock, reply, rating, promise."""
