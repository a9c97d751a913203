import { expect, test } from "vitest";
import { drawNotice } from "../../../interact/notices.ts";
import { drawReply } from "./draw-reply.ts";

const grace = { slackUserId: "U0GRACE", name: "Grace Hopper" };

function elements(message: ReturnType<typeof drawReply>) {
  const [block] = message.blocks;
  const [section] = block?.type === "rich_text" ? block.elements : [];
  return section && "elements" in section ? section.elements : [];
}

test("several entries become one reply with a line each", () => {
  const reply = drawReply({
    number: 1042,
    sentences: ["Ada set the alert to Triaged", "Ada commented:\nlooks like <!channel>"],
  });
  expect(elements(reply)).toEqual([
    { type: "text", text: "Ada set the alert to Triaged\nAda commented: looks like <!channel>" },
  ]);
  expect(reply.text).toBe("#1042: Ada set the alert to Triaged\nAda commented: looks like &lt;!channel&gt;");
});

test("a reply mentions only the person given by Slack ID", () => {
  const reply = drawReply({ number: 1042, sentences: ["Ada assigned the alert to <@U0MALLORY>"] }, grace);
  expect(elements(reply).filter(({ type }) => type !== "text")).toEqual([
    { type: "user", user_id: "U0GRACE" },
  ]);
  expect(reply.text).toBe("#1042: Ada assigned the alert to &lt;@U0MALLORY&gt; <@U0GRACE>");
});

test("the mention takes the place of the name that it would repeat", () => {
  const sentences = ["Ada assigned the alert to Grace Hopper", "Ada commented: please look"];
  const reply = drawReply({ number: 1042, sentences }, grace);
  expect(elements(reply)).toEqual([
    { type: "text", text: "Ada assigned the alert to " },
    { type: "user", user_id: "U0GRACE" },
    { type: "text", text: "\nAda commented: please look" },
  ]);
  expect(reply.text).toBe("#1042: Ada assigned the alert to <@U0GRACE>\nAda commented: please look");
});

test("a reply counts the entries that it leaves out", () => {
  const [shown] = elements(
    drawReply({ number: 1042, sentences: Array.from({ length: 25 }, (_, index) => `change ${index}`) }),
  );
  expect(shown).toMatchObject({
    text: expect.stringMatching(/change 19\n5 more changes are in the history/),
  });
});

test("a notice quotes an email without linking it", () => {
  expect(drawNotice("No Tocsin user has the email <mallory@acme.example>.")).toEqual({
    text: "No Tocsin user has the email &lt;mallory@acme.example&gt;.",
    blocks: [
      {
        type: "section",
        text: {
          type: "plain_text",
          text: "No Tocsin user has the email <mallory@acme.example>.",
          emoji: false,
        },
      },
    ],
  });
});
