import { z } from "zod";
import { isSlackAddress } from "./is-slack-address.ts";

const most = 20;

const file = z
  .object({ name: z.string().nullish(), title: z.string().nullish(), permalink: z.string().nullish() })
  .transform(({ name, title, permalink }) => ({
    name: (name || title || "A file").slice(0, 255),
    url: permalink ?? "",
  }))
  .catch({ name: "", url: "" });

/** Where a message's files stand in Slack, at most twenty. */
export const messageFiles = z
  .array(file)
  .nullish()
  .catch(null)
  .transform((all) => (all ?? []).filter(({ url }) => isSlackAddress(url)).slice(0, most));
