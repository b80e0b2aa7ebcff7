"""家站点户 Homes, stations, points, households and windows where deputies meet residents."""
