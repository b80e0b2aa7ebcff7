"""Opens HEIC in a process of its own: the library that reads it can fall over a damaged file, and must not take a server along.

Run as a program, it reads the file from its input and writes a PNG whose longest side is what its second argument says.
Its first argument is how many pixels are taken at most; with more it ends with TOO_MANY.
"""

import io
import subprocess
import sys

TOO_MANY = 3
SECONDS = 30


class TooMany(Exception):
    """More pixels than are taken."""


def as_png(content: bytes, most: int, longest: int) -> bytes:
    """The picture, upright, as PNG. Raises TooMany, and ValueError where it cannot be read."""
    command = [sys.executable, "-I", __file__, str(most), str(longest)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ValueError("It takes too long.") from None
    if done.returncode == TOO_MANY:
        raise TooMany
    if done.returncode:
        raise ValueError(f"It ended with {done.returncode}.")
    return done.stdout


def main(most: int, longest: int) -> int:
    """Do it."""
    import pi_heif

    heif = pi_heif.open_heif(io.BytesIO(sys.stdin.buffer.read()))
    if heif.size[0] * heif.size[1] > most:
        return TOO_MANY
    image = heif.to_pillow()
    image.info = {"icc_profile": image.info.get("icc_profile")}
    image.thumbnail((longest, longest), reducing_gap=2.0)
    image.save(sys.stdout.buffer, "PNG", compress_level=1)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
