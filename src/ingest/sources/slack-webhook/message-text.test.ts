import { expect, test } from "vitest";
import { plainText } from "../../../slack/request/message-text.ts";
import { colourSeverity } from "./colour-severity.ts";
import { asSeen } from "./slack-message.ts";

test.each([
  ["<https://acme.example/a?b=1&amp;c=2|the runbook>", "the runbook (https://acme.example/a?b=1&c=2)"],
  ["<https://acme.example>", "https://acme.example"],
  ["<https://acme.example|https://acme.example>", "https://acme.example"],
  ["<mailto:eve@acme.example|eve@acme.example>", "eve@acme.example"],
  ["<!channel> <!here|@here> <!subteam^S012|@secops> <!subteam^S013>", "@channel @here @secops @S013"],
  ["<@U012> <@U012|ada> <#C012|general>", "@U012 @ada #general"],
  ["<!date^1700000000^{date}|14 Nov 2023>", "14 Nov 2023"],
  ["load &lt; 5 &amp;&amp; up, then &amp;lt;", "load < 5 && up, then &lt;"],
  ["if a < b and c > d, <unknown>, <|>", "if a < b and c > d, <unknown>, <|>"],
])("%s is converted to %s", (mrkdwn, plain) => {
  expect(plainText(mrkdwn)).toBe(plain);
});

test.each([
  ["danger", "HIGH"],
  ["Warning", "MEDIUM"],
  ["good", "LOW"],
  ["#a30200", "HIGH"],
  ["e20b0b", "HIGH"],
  ["#ff0040", "HIGH"],
  ["#DAA038", "MEDIUM"],
  ["#ffc700", "MEDIUM"],
  ["#2eb886", "LOW"],
  ["#439FE0", null],
  ["#999999", null],
  ["#000000", null],
  ["#ddd", null],
  ["", null],
])("the colour %j means severity %s", (colour, severity) => {
  expect(colourSeverity(colour)).toBe(severity);
});

test("HTML entities are decoded once", () => {
  expect(asSeen("a &raquo; b &#39;c&#39; &quot;d&quot; &amp;raquo; &lt;b&gt; R&D; &unknown;")).toBe(
    "a » b 'c' \"d\" &raquo; <b> R&D; &unknown;",
  );
});

test("a reader sees only the label of a link", () => {
  expect(asSeen("<https://acme.example|Open>, <https://acme.example>")).toBe("Open, https://acme.example");
});
