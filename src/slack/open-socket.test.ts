import { expect, test } from "vitest";
import { readSocketMessage } from "./open-socket.ts";

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
