import { expect, test } from "vitest";
import { drawNotice } from "../../../interact/notices.ts";
import { drawReply } from "./draw-reply.ts";

function elements(message: ReturnType<typeof drawReply>) {
  const [block] = message.blocks;
  const [section] = block?.type === "rich_text" ? block.elements : [];
  return section && "elements" in section ? section.elements : [];
}

test("what happened is told in one reply, a line each", () => {
  const reply = drawReply({
    number: 1042,
    sentences: ["Ada set the alert to Triaged", "Ada commented:\nlooks like <!channel>"],
  });
  expect(elements(reply)).toEqual([
    { type: "text", text: "Ada set the alert to Triaged\nAda commented: looks like <!channel>" },
  ]);
  expect(reply.text).toBe("#1042: Ada set the alert to Triaged\nAda commented: looks like &lt;!channel&gt;");
});

test("only the person named by id is mentioned", () => {
  const reply = drawReply({ number: 1042, sentences: ["Ada assigned the alert to <@U0MALLORY>"] }, "U0GRACE");
  expect(elements(reply).filter(({ type }) => type !== "text")).toEqual([
    { type: "user", user_id: "U0GRACE" },
  ]);
  expect(reply.text).toBe("#1042: Ada assigned the alert to &lt;@U0MALLORY&gt; <@U0GRACE>");
});

test("too many changes are counted, not dropped in silence", () => {
  const [told] = elements(
    drawReply({ number: 1042, sentences: Array.from({ length: 25 }, (_, index) => `change ${index}`) }),
  );
  expect(told).toMatchObject({ text: expect.stringMatching(/change 19\n5 more changes are in the history/) });
});

test("a notice quotes an e-mail without linking it", () => {
  expect(drawNotice("No Tocsin user has the e-mail <mallory@acme.example>.")).toEqual({
    text: "No Tocsin user has the e-mail &lt;mallory@acme.example&gt;.",
    blocks: [
      {
        type: "section",
        text: {
          type: "plain_text",
          text: "No Tocsin user has the e-mail <mallory@acme.example>.",
          emoji: false,
        },
      },
    ],
  });
});
