import { expect, test } from "vitest";
import { pretty } from "./pretty-body.ts";

test.each([
  [
    "JSON, with the JSON that stands in its texts",
    '{"blocks":"[{\\"type\\":\\"divider\\"}]"}',
    { blocks: [{ type: "divider" }] },
  ],
  [
    "a form, with its payload",
    `payload=${encodeURIComponent('{"type":"block_actions"}')}`,
    { payload: { type: "block_actions" } },
  ],
  ["a command", "command=%2Ftocsin&text=show+1", { command: "/tocsin", text: "show 1" }],
])("reads %s", (_what, body, value) => expect(pretty(body)).toBe(JSON.stringify(value, null, 2)));

test.each([
  ["what was cut off", '{"ok":true,"mess… (900 characters)'],
  ["text", "Not found"],
  ["nothing", ""],
])("leaves %s as it is", (_what, body) => expect(pretty(body)).toBe(body));
