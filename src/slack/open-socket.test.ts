import { expect, test } from "vitest";
import { readSocketMessage } from "./open-socket.ts";

const read = (message: object) => readSocketMessage(JSON.stringify(message));

test("greetings and farewells", () => {
  expect(read({ type: "hello", num_connections: 1 })).toEqual({ kind: "hello" });
  expect(read({ type: "disconnect", reason: "warning" })).toEqual({ kind: "disconnect", reason: "warning" });
});

test("an event, a click and a command are the requests that come over HTTP, too", () => {
  const event = {
    type: "event_callback",
    event_id: "Ev1",
    team_id: "T1",
    event: { type: "app_uninstalled" },
  };
  expect(read({ type: "events_api", envelope_id: "e1", payload: event })).toMatchObject({
    kind: "request",
    envelopeId: "e1",
    takesAnswer: false,
    request: { type: "event_callback", dedupeId: "Ev1", event: { type: "app_uninstalled" } },
  });
  const payload = { command: "/tocsin", text: "help", user_id: "U1", channel_id: "C1", trigger_id: "1.2" };
  const command = { type: "slash_commands", envelope_id: "e2", accepts_response_payload: true, payload };
  expect(read({ ...command, payload: { ...payload, is_enterprise_install: true } })).toMatchObject({
    takesAnswer: true,
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

test("a command whose payload is no object is malformed", () => {
  expect(read({ type: "slash_commands", envelope_id: "e4", payload: "x" })).toMatchObject({
    request: { type: "malformed" },
  });
});
