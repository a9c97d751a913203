import { z } from "zod";
import { messageFiles } from "./message-files.ts";

const id = z.string().min(1);
const text = z
  .string()
  .nullish()
  .transform((given) => (given ?? "").slice(0, 40_000));

/** A message whose own menu somebody used: anybody's, apps' too. */
export const chosenMessage = z
  .object({
    ts: id,
    thread_ts: id.nullish(),
    user: id.nullish(),
    bot_id: id.nullish(),
    username: z.string().nullish(),
    text,
    files: messageFiles,
  })
  .transform(({ ts, thread_ts, user, bot_id, username, text, files }) => ({
    ts,
    threadTs: thread_ts ?? null,
    userId: user ?? null,
    byApp: Boolean(bot_id),
    appName: username ?? null,
    text,
    files,
  }));
export type ChosenMessage = z.output<typeof chosenMessage>;
