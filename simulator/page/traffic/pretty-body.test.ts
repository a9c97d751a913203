import { expect, test } from "vitest";
import { prettyBody } from "./pretty-body.ts";

test.each([
  [
    "JSON with nested JSON text",
    '{"blocks":"[{\\"type\\":\\"divider\\"}]"}',
    { blocks: [{ type: "divider" }] },
  ],
  [
    "a form with a JSON payload",
    `payload=${encodeURIComponent('{"type":"block_actions"}')}`,
    { payload: { type: "block_actions" } },
  ],
  ["a slash command", "command=%2Ftocsin&text=show+1", { command: "/tocsin", text: "show 1" }],
])("prettyBody indents %s", (_what, body, value) =>
  expect(prettyBody(body)).toBe(JSON.stringify(value, null, 2)),
);

test.each([
  ["a truncated body", '{"ok":true,"mess… (900 characters)'],
  ["plain text", "Not found"],
  ["an empty body", ""],
])("prettyBody leaves %s unchanged", (_what, body) => expect(prettyBody(body)).toBe(body));
