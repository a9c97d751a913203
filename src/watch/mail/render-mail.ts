import type { FaultCause } from "../../alert/fault-causes.ts";
import { oneLine } from "../../slack/text/one-line.ts";
import { faultTitle } from "../faults/fault-words.ts";

/** What a mail is about. Alerts' texts are never part of it: mail is read by others on its way. */
export interface FaultMail {
  about: "broken" | "over";
  cause: FaultCause;
  fault: string;
  name: string;
  remedy: string;
  since: Date;
}

/** A mail in plain text: what broke, what to do and where; or that it is over. */
export function renderMail(mail: FaultMail, publicUrl: string): { subject: string; text: string } {
  const { about, cause, since } = mail;
  // Names come from Slack, or from whoever made a webhook: none may begin a line, or a header, of its own.
  const name = oneLine(mail.name, 200);
  const remedy = oneLine(mail.remedy, 1000);
  const page = `${publicUrl}/configure/${cause.startsWith("app:") ? "slack-app" : "destinations"}`;
  const at = `${since.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  if (about === "over") {
    const text = `What was wrong with ${name} since ${at} is over. What waited goes out by itself.\n\n${page}\n`;
    return { subject: `Tocsin: ${name} is in order again`, text };
  }
  const title = faultTitle({ ...mail, name });
  const held = "Alerts for it are held, none is lost, and they go out by themselves once it works again.";
  const paragraphs = [`${title}, since ${at}.`, remedy, held, page];
  return { subject: `Tocsin: ${title}`, text: `${paragraphs.join("\n\n")}\n` };
}
