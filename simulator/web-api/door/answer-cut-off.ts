import type { Socket } from "node:net";

const body = JSON.stringify({ ok: false, error: "request_timeout" });

/** Answers a request whose body ended before its length, which no handler ever sees; others as HTTP does. */
export function answerCutOff({ code }: { code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const isCutOff = code === "HPE_INVALID_EOF_STATE";
  const head = isCutOff
    ? `HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}`
    : "HTTP/1.1 400 Bad Request\r\ncontent-length: 0";
  socket.end(`${head}\r\nconnection: close\r\n\r\n${isCutOff ? body : ""}`);
}
