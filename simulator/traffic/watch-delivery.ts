import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Entry } from "./traffic.ts";

/** The newest answer on each connection and when it was written. */
const newest = new WeakMap<Socket, { entry: Entry; writtenAt: number | undefined }>();
const watched = new WeakSet<Socket>();

function onEnd(socket: Socket, broken: boolean): void {
  const last = newest.get(socket);
  if (!last || last.entry.connectionEndedAfterMs !== undefined) return;
  if (last.writtenAt === undefined) last.entry.delivered = false;
  else {
    last.entry.connectionEndedAfterMs = performance.now() - last.writtenAt;
    if (broken) last.entry.delivered = false;
  }
}

/**
 * Sets `entry.delivered`: false if the caller hung up before the answer was written, or if the connection was reset
 * after it, as happens when a process dies with unread bytes. An answer that was read but not processed before the
 * process died counts as delivered; `connectionEndedAfterMs` helps to spot that case.
 */
export function watchDelivery(response: ServerResponse, entry: Entry): void {
  const { socket } = response;
  if (!socket) return;
  const last: { entry: Entry; writtenAt: number | undefined } = { entry, writtenAt: undefined };
  newest.set(socket, last);
  if (!watched.has(socket)) {
    watched.add(socket);
    socket.on("end", () => onEnd(socket, false));
    socket.on("error", () => onEnd(socket, true));
    socket.on("close", (hadError) => onEnd(socket, hadError));
  }
  response.once("close", () => {
    const complete = response.writableFinished && entry.delivered !== false;
    entry.delivered = complete;
    if (complete) last.writtenAt = performance.now();
  });
}
