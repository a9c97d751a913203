import { expect, test } from "vitest";
import { anAlert, aView } from "../../../test/builders/an-alert.ts";
import type { Mention } from "../../alert/destination.ts";
import { applyDrawStep } from "../../messages/message-kind.ts";
import { drawCard } from "./draw-card.ts";

const draw = (mention: Mention) => drawCard(aView(anAlert({ title: "A <!channel> title" }), { mention }));
const block = (text: string) => ({
  type: "section",
  block_id: "mention",
  text: { type: "mrkdwn", text, verbatim: true },
});

test("whom a card calls stands in a block of its own, and first in what notifies", () => {
  const { text, blocks } = draw({ kind: "here" });
  expect(text).toMatch(/^<!here> HIGH: A &lt;!channel&gt; title/);
  expect(blocks[1]).toEqual(block("<!here>"));
});

test("a group is called by its id; its name is for settings only", () => {
  const { text, blocks } = draw({ kind: "group", id: "S0ONCALL", name: "<!channel>" });
  expect(text).toMatch(/^<!subteam\^S0ONCALL> HIGH: /);
  expect(blocks[1]).toEqual(block("<!subteam^S0ONCALL>"));
});

test("an id that is none calls nobody", () => {
  const { text, blocks } = draw({ kind: "group", id: "S1> <!channel", name: "" });
  expect(text).toMatch(/^HIGH: /);
  expect(blocks.filter((one) => one.block_id === "mention")).toEqual([]);
});

test("a plainer card still calls", () => {
  const card = draw({ kind: "here" });
  expect(applyDrawStep(card, "without-links").blocks[1]).toEqual(block("<!here>"));
  expect(applyDrawStep(card, "text-only").text).toContain("<!here>");
});
