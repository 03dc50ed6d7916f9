"""A small balancer: one port in front of several web processes, in place of the nginx of docs/deploy/."""

from __future__ import annotations

import asyncio
import sys
from itertools import count


async def _pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while content := await source.read(65536):
            sink.write(content)
            await sink.drain()
    except OSError:
        pass
    finally:
        sink.close()


async def serve(port: int, behind: list[int]) -> None:
    """Each connection goes to the next port that accepts it; ports that do not are passed over."""
    turn = count()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turn)
        for step in range(len(behind)):
            try:
                their = await asyncio.open_connection("127.0.0.1", behind[(first + step) % len(behind)])
            except OSError:
                continue
            await asyncio.gather(_pipe(reader, their[1]), _pipe(their[0], writer))
            return
        writer.close()

    async with await asyncio.start_server(connect, "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), [int(port) for port in sys.argv[2:]]))
