import { expect, test } from "vitest";
import { readFiles, splitSentence } from "./history-entry.tsx";

test("files are read where there are some, and nothing else is taken for one", () => {
  const file = { name: "screen.png", url: "https://acme.slack.com/files/U1/F1/screen.png" };
  expect(readFiles([file, null, "x", { name: 1, url: "https://acme.slack.com" }])).toEqual([file]);
  expect(readFiles(undefined)).toEqual([]);
});

test("a comment is taken out of its sentence, with its line breaks", () => {
  expect(splitSentence({ sentence: "Ada commented: one: two", data: { text: "one:\ntwo" } })).toEqual({
    line: "Ada commented",
    quote: "one:\ntwo",
  });
  expect(
    splitSentence({
      sentence: "Ada resolved the alert: VPN",
      data: { from: "OPEN", to: "RESOLVED", comment: "VPN" },
    }),
  ).toEqual({ line: "Ada resolved the alert", quote: "VPN" });
});

test("a sentence without anybody's words stays whole, colons and all", () => {
  const sentence = "Routed to Security: severity, type and log types match";
  expect(splitSentence({ sentence, data: {} })).toEqual({ line: sentence, quote: null });
  expect(splitSentence({ sentence, data: { comment: null } }).quote).toBeNull();
});
