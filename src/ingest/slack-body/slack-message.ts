import { z } from "zod";

/** Numbers are taken as Slack takes them; what is no text is as good as absent. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);
const list = z.array(z.unknown()).nullish().catch(null);

const field = z.object({ title: text, value: text }).catch({ title: null, value: null });

const attachment = z.object({
  color: text,
  pretext: text,
  title: text,
  title_link: text,
  text,
  fallback: text,
  fields: z.array(field).nullish().catch(null),
  blocks: list,
});
export type SlackAttachment = z.infer<typeof attachment>;

const mostAttachments = 100;
const attachments = z
  .array(z.unknown())
  .transform((all) => all.slice(0, mostAttachments))
  .pipe(z.array(attachment.catch({})));

/** What a Slack incoming webhook takes, of which we read the words; `channel`, `username` and icons are not ours. */
export const slackMessage = z.object(
  { text, blocks: list, attachments: attachments.nullish().catch(null) },
  "the object that a Slack incoming webhook takes",
);
export type SlackMessage = z.infer<typeof slackMessage>;
