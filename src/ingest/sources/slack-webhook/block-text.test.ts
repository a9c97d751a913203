import { expect, test } from "vitest";
import { plainText } from "../../../slack/request/message-text.ts";
import { titleAndDescription } from "./block-text.ts";
import { colourSeverity } from "./slack-webhook.ts";

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

test("an attachment's title wins over its pretext, which often has the tool's name", () => {
  const words = titleAndDescription({
    attachments: [{ pretext: "WAZUH Alert", title: "sshd: bad user", text: "x" }],
  });
  expect(words).toEqual({ title: "sshd: bad user", description: "WAZUH Alert\nx" });
});

test("a line with only mentions is the title only when there is no other line", () => {
  expect(titleAndDescription({ text: "<!channel> <@U1>\nDisk full" })?.title).toBe("Disk full");
  expect(titleAndDescription({ text: "<!channel>" })?.title).toBe("@channel");
});

test("an attachment's fallback is used only without other text", () => {
  const fallback = "for old clients";
  expect(titleAndDescription({ attachments: [{ fallback }] })?.title).toBe(fallback);
  expect(titleAndDescription({ attachments: [{ fallback, text: "Disk full" }] })?.description).toBe("");
});

test("titleAndDescription() returns null for a message without text", () => {
  expect(titleAndDescription({ text: " ", blocks: [{ type: "divider" }, 7], attachments: [{}] })).toBeNull();
});
