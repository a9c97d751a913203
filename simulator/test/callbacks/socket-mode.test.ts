import { afterEach, beforeEach, expect, test } from "vitest";
import { cardBlocks } from "../fixtures/card-blocks.ts";
import { type Setting, security, setting } from "../fixtures/simulator-with-app.ts";

let here: Setting;
beforeEach(async () => {
  here = await setting();
  await here.slack.ask("setApp", { socketMode: true });
});
afterEach(() => here.end());

const appToken = "xapp-simulated-acme-tocsin";

async function connect(): Promise<{ socket: WebSocket; told: unknown[] }> {
  const { url } = await here.call("apps.connections.open", {}, appToken);
  const socket = new WebSocket(String(url));
  const told: unknown[] = [];
  socket.addEventListener("message", ({ data }) => told.push(JSON.parse(String(data))));
  await expect.poll(() => told.length + Number(socket.readyState === WebSocket.CLOSED)).toBeGreaterThan(0);
  return { socket, told };
}

test("hello says which app it is and how many connections it has, and a payload goes to one of them", async () => {
  const [first, second] = [await connect(), await connect()];
  expect(first.told).toMatchObject([
    { type: "hello", num_connections: 1, connection_info: { app_id: "A0TOCSIN01" } },
  ]);
  expect(second.told).toMatchObject([{ type: "hello", num_connections: 2 }]);
  await here.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await expect.poll(() => first.told.length + second.told.length).toBe(3);
  expect([...first.told, ...second.told]).toContainEqual(
    expect.objectContaining({ type: "events_api", accepts_response_payload: false, retry_attempt: 0 }),
  );
  expect(here.app.received).toEqual([]);
});

test("when Socket Mode is switched off, whoever is connected is told and cut off", async () => {
  const { socket, told } = await connect();
  await here.slack.ask("setApp", { socketMode: false });
  await expect.poll(() => socket.readyState).toBe(WebSocket.CLOSED);
  expect(told.at(-1)).toMatchObject({ type: "disconnect", reason: "link_disabled" });
});

test("a ticket opens one connection, and an eleventh connection is refused", async () => {
  const { url } = await here.call("apps.connections.open", {}, appToken);
  for (let n = 0; n < 9; n++) await connect();
  const tenth = new WebSocket(String(url));
  await expect.poll(() => tenth.readyState).toBe(WebSocket.OPEN);
  const again = new WebSocket(String(url));
  await expect.poll(() => again.readyState).toBe(WebSocket.CLOSED);
  expect((await connect()).told).toEqual([]);
});

test("without a connection whoever clicks is told, and a wrong token is refused as in Slack", async () => {
  await here.call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks() });
  const card = await here.slack.channel("#security").expectCard("Impossible travel");
  await card.choose("Status", "Triaged", { as: "ada" });
  await here.slack.expectPrivately("ada", "didn't respond");
  expect(await here.call("apps.connections.open")).toMatchObject({ error: "not_allowed_token_type" });
  expect(await here.call("apps.connections.open", {}, "xapp-no")).toMatchObject({ error: "invalid_auth" });
});
