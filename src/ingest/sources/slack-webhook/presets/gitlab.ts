import { fieldOf, type MessageView } from "../message-view.ts";
import type { Preset, Reading } from "../preset.ts";

/** `Alert firing in group/project` */
const alertLine = /^alert (firing|resolved|recovered) in (\S.*)$/i;
/** `payments: Pipeline #123 of branch main by Ada (ada) has failed in 05:30` */
const pipeline =
  /^(\S.*?): Pipeline #?(\d+) of (branch|tag) (\S+) by .+? (?:has )?(passed|failed|canceled|skipped)\b/i;

/** gitlab.com/gitlab-org/gitlab, app/models/integrations/chat_message */
export const gitlab: Preset = {
  tool: "GitLab",
  read: (message) => readAlert(message) ?? readPipeline(message),
};

function readAlert(message: MessageView): Reading | null {
  const [, state = "", project] = message.lines.map((line) => alertLine.exec(line)).find(Boolean) ?? [];
  const title = message.attachments[0]?.title;
  if (!project || !title) return null;
  const over = /^(?:resolved|recovered)/i.test(`${fieldOf(message, "Status")}`) || !/firing/i.test(state);
  return { title, identity: `${project} · ${title}`, severity: fieldOf(message, "Severity"), over };
}

/** The whole sentence is the fallback of the attachment. */
function readPipeline({ lines, attachments }: MessageView): Reading | null {
  const sentences = [...lines, ...attachments.map(({ fallback }) => fallback)];
  const [, project, number, kind, ref, result] =
    sentences.map((one) => pipeline.exec(one)).find(Boolean) ?? [];
  if (!project || !ref || !result) return null;
  const over = /passed/i.test(result);
  return {
    title: `${project}: Pipeline #${number} of ${kind} ${ref} ${over ? "has passed" : `has ${result}`}`,
    identity: `${project} · pipeline of ${kind} ${ref}`,
    over,
  };
}
