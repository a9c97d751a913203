import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { openSocket, readSocketMessage } from "./open-socket.ts";

const read = (message: object) => readSocketMessage(JSON.stringify(message));

test("hello and disconnect are read", () => {
  expect(read({ type: "hello", num_connections: 2 })).toEqual({ kind: "hello", connections: 2 });
  expect(read({ type: "hello" })).toEqual({ kind: "hello", connections: 1 });
  expect(read({ type: "disconnect", reason: "warning" })).toEqual({ kind: "disconnect", reason: "warning" });
});

test("events, clicks and commands are read as over HTTP", () => {
  const event = {
    type: "event_callback",
    event_id: "Ev1",
    team_id: "T1",
    event: { type: "app_uninstalled" },
  };
  expect(read({ type: "events_api", envelope_id: "e1", payload: event })).toMatchObject({
    kind: "request",
    envelopeId: "e1",
    acceptsAnswer: false,
    request: { type: "event_callback", dedupeId: "Ev1", event: { type: "app_uninstalled" } },
  });
  const payload = { command: "/tocsin", text: "help", user_id: "U1", channel_id: "C1", trigger_id: "1.2" };
  const command = { type: "slash_commands", envelope_id: "e2", accepts_response_payload: true, payload };
  expect(read({ ...command, payload: { ...payload, is_enterprise_install: true } })).toMatchObject({
    acceptsAnswer: true,
    request: { type: "slash_command", text: "help", orgInstall: true },
  });
  expect(read({ type: "interactive", envelope_id: "e3", payload: {} })).toMatchObject({
    request: { type: "malformed" },
  });
});

test.each(["", "{", "[]", "null", '{"type":"hullo"}', '{"type":"interactive"}'])(
  "%j is unreadable",
  (text) => {
    expect(readSocketMessage(text)).toEqual({ kind: "unreadable" });
  },
);

test("a command whose payload is not an object is malformed", () => {
  expect(read({ type: "slash_commands", envelope_id: "e4", payload: "x" })).toMatchObject({
    request: { type: "malformed" },
  });
});

/** What opening a connection comes to if Slack says this first, after so many milliseconds. */
async function openTo(messages: object[], afterMs = 0) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket) => {
    setTimeout(() => {
      for (const one of messages) socket.send(JSON.stringify(one));
    }, afterMs);
  });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const handlers = { message: vi.fn(), ended: vi.fn() };
  const opened = await openSocket(`ws://127.0.0.1:${port}`, handlers).catch((fault: unknown) => fault);
  return { opened, ...handlers, close: () => new Promise((closed) => server.close(closed)), server };
}

const disconnect = { type: "disconnect", reason: "refresh_requested" };

test("a connection that Slack will refresh stays open for its last messages", async () => {
  const { opened, message, ended, server } = await openTo([{ type: "hello" }, disconnect], 1100);
  await expect
    .poll(() => message.mock.calls)
    .toEqual([[{ kind: "disconnect", reason: "refresh_requested" }]]);
  expect([opened, ended.mock.calls]).toMatchObject([{ connections: 1 }, []]);
  for (const client of server.clients) client.terminate();
  await expect.poll(() => ended.mock.calls).toHaveLength(1);
  server.close();
});

test("a disconnect instead of a hello refuses the connection, with Slack's reason", async () => {
  const { opened, ended, close } = await openTo([{ ...disconnect, reason: "link_disabled" }]);
  expect(opened).toMatchObject({ code: "link_disabled" });
  expect(ended.mock.calls).toEqual([]);
  await close();
});
