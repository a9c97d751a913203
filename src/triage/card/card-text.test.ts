import { expect, test } from "vitest";
import { anAlert, aView } from "../../../test/builders/an-alert.ts";
import type { Mention } from "../../alert/destination.ts";
import { applyDrawStep } from "../../messages/draw-step.ts";
import { drawCard } from "./draw-card.ts";

const draw = (mention: Mention) => drawCard(aView(anAlert({ title: "A <!channel> title" }), { mention }));
const block = (text: string) => ({
  type: "section",
  block_id: "mention",
  text: { type: "mrkdwn", text, verbatim: true },
});

test("a mention has its own block and comes first in the text", () => {
  const { text, blocks } = draw({ kind: "here" });
  expect(text).toMatch(/^<!here> HIGH: A &lt;!channel&gt; title/);
  expect(blocks[1]).toEqual(block("<!here>"));
});

test("a user group is mentioned by its ID, not by its name", () => {
  const { text, blocks } = draw({ kind: "group", id: "S0ONCALL", name: "<!channel>" });
  expect(text).toMatch(/^<!subteam\^S0ONCALL> HIGH: /);
  expect(blocks[1]).toEqual(block("<!subteam^S0ONCALL>"));
});

test("an invalid user group ID mentions nobody", () => {
  const { text, blocks } = draw({ kind: "group", id: "S1> <!channel", name: "" });
  expect(text).toMatch(/^HIGH: /);
  expect(blocks.filter((one) => one.block_id === "mention")).toEqual([]);
});

test("a card at a later draw step keeps its mention", () => {
  const card = draw({ kind: "here" });
  expect(applyDrawStep(card, "without-links").blocks[1]).toEqual(block("<!here>"));
  expect(applyDrawStep(card, "text-only").text).toContain("<!here>");
});
