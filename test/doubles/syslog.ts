import { generateKeyPairSync } from "node:crypto";
import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { selfSigned } from "./certificate.ts";

/** A syslog server over TLS (RFC 5425) with a certificate of its own for `localhost`. */
export async function startSyslog() {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const day = 86_400_000;
  const valid = { from: new Date(Date.now() - day), to: new Date(Date.now() + 3650 * day) };
  const ca = selfSigned(keys, { name: "localhost", ...valid });
  const messages: string[] = [];
  let refusing = false;
  const open = new Set<TLSSocket>();
  const raw = new Map<number, Socket>();
  const server = createServer(
    { key: keys.privateKey.export({ type: "pkcs8", format: "pem" }), cert: ca },
    (socket) => {
      open.add(socket);
      const chunks: Buffer[] = [];
      socket.on("error", () => {});
      socket.on("close", () => open.delete(socket));
      socket.on("data", (chunk: Buffer) => {
        if (refusing) raw.get(socket.remotePort ?? 0)?.resetAndDestroy();
        else chunks.push(chunk);
      });
      socket.on("end", () => refusing || messages.push(...readFrames(Buffer.concat(chunks))));
    },
  );
  server.on("connection", (socket) => raw.set(socket.remotePort ?? 0, socket));
  server.on("tlsClientError", () => {});
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The syslog server has no port.");
  return {
    port: address.port,
    ca,
    /** All messages, without their lengths. */
    messages,
    /** Resets each connection when something is sent, as a server that crashes. */
    refuse(now: boolean) {
      refusing = now;
    },
    close: () =>
      new Promise<void>((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
}

/** Octet counting: a length in bytes, a space, and so many bytes. Throws if they don't fit. */
function readFrames(bytes: Buffer): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(" ", at);
    const length = Number(bytes.subarray(at, space).toString());
    const end = space + 1 + length;
    if (!Number.isInteger(length) || length < 1 || end > bytes.length)
      throw new Error("a frame is not whole");
    found.push(bytes.subarray(space + 1, end).toString());
    at = end;
  }
  return found;
}
