import { afterEach, beforeEach, expect, test } from "vitest";
import { cardBlocks } from "../fixtures/card-blocks.ts";
import { type SimulatorWithApp, security, startWithApp } from "../fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
beforeEach(async () => {
  env = await startWithApp();
  await env.slack.ask("setApp", { socketMode: true });
});
afterEach(() => env.end());

const appToken = "xapp-simulated-acme-tocsin";

async function connect(): Promise<{ socket: WebSocket; received: unknown[] }> {
  const { url } = await env.call("apps.connections.open", {}, appToken);
  const socket = new WebSocket(String(url));
  const received: unknown[] = [];
  socket.addEventListener("message", ({ data }) => received.push(JSON.parse(String(data))));
  await expect
    .poll(() => received.length + Number(socket.readyState === WebSocket.CLOSED))
    .toBeGreaterThan(0);
  return { socket, received };
}

test("hello has the app and its number of connections, and an event goes to one of them", async () => {
  const [first, second] = [await connect(), await connect()];
  expect(first.received).toMatchObject([
    { type: "hello", num_connections: 1, connection_info: { app_id: "A0TOCSIN01" } },
  ]);
  expect(second.received).toMatchObject([{ type: "hello", num_connections: 2 }]);
  await env.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await expect.poll(() => first.received.length + second.received.length).toBe(3);
  expect([...first.received, ...second.received]).toContainEqual(
    expect.objectContaining({ type: "events_api", accepts_response_payload: false, retry_attempt: 0 }),
  );
  expect(env.app.received).toEqual([]);
});

test("switching Socket Mode off disconnects the app with link_disabled", async () => {
  const { socket, received } = await connect();
  await env.slack.ask("setApp", { socketMode: false });
  await expect.poll(() => socket.readyState).toBe(WebSocket.CLOSED);
  expect(received.at(-1)).toMatchObject({ type: "disconnect", reason: "link_disabled" });
});

test("a ticket opens one connection, and the eleventh connection is refused", async () => {
  const { url } = await env.call("apps.connections.open", {}, appToken);
  for (let n = 0; n < 9; n++) await connect();
  const tenth = new WebSocket(String(url));
  await expect.poll(() => tenth.readyState).toBe(WebSocket.OPEN);
  const again = new WebSocket(String(url));
  await expect.poll(() => again.readyState).toBe(WebSocket.CLOSED);
  expect((await connect()).received).toEqual([]);
});

test("an interaction without a connection shows a notice, and wrong tokens are refused", async () => {
  await env.call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks() });
  const card = await env.slack.channel("#security").expectCard("Impossible travel");
  await card.choose("Status", "Triaged", { as: "ada" });
  await env.slack.expectPrivately("ada", "didn't respond");
  expect(await env.call("apps.connections.open")).toMatchObject({ error: "not_allowed_token_type" });
  expect(await env.call("apps.connections.open", {}, "xapp-no")).toMatchObject({ error: "invalid_auth" });
});
