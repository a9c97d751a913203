import { expect, test } from "vitest";
import { composeMail } from "./send-mails.ts";

const mail = {
  cause: "app:i",
  fault: "token_revoked",
  name: "Slack (ACME)",
  remedy: "The bot token was revoked, or the app was removed. Install it again.",
  since: new Date("2026-11-27T04:02:11Z"),
} as const;

test("a mail says what broke, since when, the remedy and the page", () => {
  const { subject, text } = composeMail({ ...mail, about: "broken" }, "https://tocsin.acme.example");
  expect(subject).toBe("Tocsin: Alerts can't go out to Slack (ACME)");
  expect(text).toContain("since 2026-11-27 04:02 UTC");
  expect(text).toContain(mail.remedy);
  expect(text).toContain("https://tocsin.acme.example/configure/slack-app");
});

test("a mail about the end says so in one sentence", () => {
  const { subject, text } = composeMail({ ...mail, about: "over" }, "https://tocsin.acme.example");
  expect(subject).toBe("Tocsin: The problem with Slack (ACME) is resolved");
  expect(text).toMatch(/^The problem with Slack \(ACME\) since 2026-11-27 04:02 UTC is resolved\./);
});

test("a name from Slack can't start a header or a line, or hide characters", () => {
  const name = "#a\r\nBcc: mallory@evil.example\n\nClick https://evil.example \u202Egnp\u200B";
  const shown = "#a Bcc: mallory@evil.example Click https://evil.example ⟨U+202E⟩gnp⟨U+200B⟩";
  for (const about of ["broken", "over"] as const) {
    const { subject, text } = composeMail(
      { ...mail, about, name, remedy: `Look at ${name}.` },
      "https://t.example",
    );
    expect(subject).toContain(shown);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain(shown);
    expect(text).not.toMatch(/^(Bcc|Click)|\u202E|\u200B/m);
  }
});
