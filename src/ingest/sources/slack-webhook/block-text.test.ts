import { expect, test } from "vitest";
import { plainText } from "../../../slack/request/message-text.ts";
import { messageWords } from "./block-text.ts";
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
])("%s reads %s", (mrkdwn, plain) => {
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
])("the colour %j means %s", (colour, severity) => {
  expect(colourSeverity(colour)).toBe(severity);
});

test("a title in an attachment goes before the pretext, where tools put their own name", () => {
  const words = messageWords({
    attachments: [{ pretext: "WAZUH Alert", title: "sshd: bad user", text: "x" }],
  });
  expect(words).toEqual({ title: "sshd: bad user", description: "WAZUH Alert\nx" });
});

test("a line that only calls somebody is no title while there is another", () => {
  expect(messageWords({ text: "<!channel> <@U1>\nDisk full" })?.title).toBe("Disk full");
  expect(messageWords({ text: "<!channel>" })?.title).toBe("@channel");
});

test("the fallback counts only where nothing else is said", () => {
  const fallback = "for old clients";
  expect(messageWords({ attachments: [{ fallback }] })?.title).toBe(fallback);
  expect(messageWords({ attachments: [{ fallback, text: "Disk full" }] })?.description).toBe("");
});

test("without words there is nothing to say", () => {
  expect(messageWords({ text: " ", blocks: [{ type: "divider" }, 7], attachments: [{}] })).toBeNull();
});
