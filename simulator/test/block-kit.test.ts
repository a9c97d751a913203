import { expect, test } from "vitest";
import { checkBlocks, checkModal } from "../block-kit/check.ts";
import { isHiddenLink } from "../block-kit/controls.ts";
import { cardBlocks, commentModal } from "./fixtures/card-blocks.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const button = (action_id: string) => ({ type: "button", action_id, text: plain("Press") });
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const option = (value: string) => ({ text: plain(value), value });
const select = (more: object) => ({ type: "static_select", action_id: "s", ...more });
const divider = (block_id: string) => ({ type: "divider", block_id });

const errorsOf = (blocks: unknown) => {
  const checked = checkBlocks(blocks);
  return checked.ok ? [] : checked.messages;
};

test.each([
  [
    "a duplicate block_id",
    [divider("a"), divider("a")],
    "block_id a already exists [json-pointer:/blocks/1/block_id]",
  ],
  [
    "a duplicate action_id within a block",
    [actions(button("a"), button("a"))],
    "action_id a already exists [json-pointer:/blocks/0]",
  ],
  [
    "an initial option that is not in the options",
    [actions(select({ options: [option("a")], initial_option: option("b") }))],
    "initial option(s) not found in options [json-pointer:/blocks/0/elements/0]",
  ],
  [
    "a select without options",
    [actions(select({}))],
    "must define either options or option_groups [json-pointer:/blocks/0/elements/0]",
  ],
  ["an empty section", [{ type: "section" }], "must define either text or fields [json-pointer:/blocks/0]"],
  ["a missing field", [{ type: "header" }], "missing required field: text [json-pointer:/blocks/0]"],
  [
    "an unknown property",
    [{ type: "divider", colour: "red" }],
    "invalid additional property: colour [json-pointer:/blocks/0]",
  ],
  ["an unknown type", [{ type: "hologram" }], "unsupported type [json-pointer:/blocks/0/type]"],
  [
    "six entries in an overflow menu",
    [actions({ type: "overflow", options: "abcdef".split("").map(option) })],
    "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
  ],
  [
    "51 blocks",
    Array.from({ length: 51 }, () => ({ type: "divider" })),
    "no more than 50 items allowed [json-pointer:/blocks]",
  ],
])("checkBlocks refuses %s", (_what, blocks, message) =>
  expect(errorsOf(blocks)).toContain(`[ERROR] ${message}`),
);

test("checkBlocks accepts an action_id in two blocks and an initial option from a group", () => {
  const groups = [{ label: plain("Group"), options: [option("a")] }];
  const select = {
    type: "static_select",
    action_id: "a",
    option_groups: groups,
    initial_option: option("a"),
  };
  expect(errorsOf([...cardBlocks(), actions(button("a")), actions(select)])).toEqual([]);
});

test("checkModal requires a submit button if there is an input", () => {
  const { submit: _left, ...modal } = commentModal();
  expect(checkModal(modal)).toEqual({
    ok: false,
    messages: ["[ERROR] missing required field: submit [json-pointer:/view]"],
  });
});

test.each([
  ["http://localhost:4000/alerts/1", true],
  ["https://tocsin/alerts", true],
  ["https://tocsin.acme.example/", false],
  ["http://127.0.0.1:4000/", false],
])("isHiddenLink(%s) is %s", (url, hidden) => expect(isHiddenLink(url)).toBe(hidden));
