import { expect, test } from "vitest";
import { isSlackAddress, mentionedPeople, messageWords } from "./message-text.ts";

const names = new Map([["U0EVE", "Eve <!channel>"]]);
const words = (text: string) => messageWords(text, { botUserId: "UBOT", names });

test("people, links and calls become plain words", () => {
  expect(words("ask <@U0EVE> or <@U0NOBODY>")).toBe("ask @Eve <!channel> or @U0NOBODY");
  expect(words("<https://evil.example|click> <!here> a &lt;b&gt; &amp; c")).toBe(
    "click (https://evil.example) @here a <b> & c",
  );
});

test("a mention of the bot in front is no part of what was said", () => {
  expect(words("<@UBOT>, it was the VPN")).toBe("it was the VPN");
  expect(words("<@UBOT>")).toBe("");
  expect(words("ask <@UBOT>")).toBe("ask @UBOT");
});

test("what is too long is cut with a mark", () => {
  const cut = words("x".repeat(40_000));
  expect(cut).toHaveLength(10_000);
  expect(cut.endsWith("…")).toBe(true);
});

test("at most ten people are looked up", () => {
  const many = Array.from({ length: 30 }, (_, index) => `<@U0${index}AB>`).join(" ");
  expect(mentionedPeople(`${many} <@U00AB>`)).toHaveLength(10);
});

test.each([
  ["https://acme.slack.com/files/U1/F1/screen.png", true],
  ["https://slack-files.com/T1-F1", true],
  ["http://acme.slack.com/files/U1", false],
  ["https://evil-slack.com/x", false],
  ["https://slack.com@evil.example/x", false],
  ["javascript:alert(1)//slack.com", false],
  ["", false],
])("%s leads to Slack: %s", (address, leads) => {
  expect(isSlackAddress(address)).toBe(leads);
});
