import { expect, test } from "vitest";
import { isSlackAddress, mentionedPeople, messageToText } from "./message-text.ts";

const names = new Map([["U0EVE", "Eve <!channel>"]]);
const toText = (text: string) => messageToText(text, { botUserId: "UBOT", names });

test("people, links and mentions become plain text", () => {
  expect(toText("ask <@U0EVE> or <@U0NOBODY>")).toBe("ask @Eve <!channel> or @U0NOBODY");
  expect(toText("<https://evil.example|click> <!here> a &lt;b&gt; &amp; c")).toBe(
    "click (https://evil.example) @here a <b> & c",
  );
});

test("a leading mention of the bot is removed", () => {
  expect(toText("<@UBOT>, it was the VPN")).toBe("it was the VPN");
  expect(toText("<@UBOT>")).toBe("");
  expect(toText("ask <@UBOT>")).toBe("ask @UBOT");
});

test("a text that is too long is cut with an ellipsis", () => {
  const cut = toText("x".repeat(40_000));
  expect(cut).toHaveLength(10_000);
  expect(cut.endsWith("…")).toBe(true);
});

test("at most ten mentioned people are returned", () => {
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
])("isSlackAddress of %s is %s", (address, leads) => {
  expect(isSlackAddress(address)).toBe(leads);
});
