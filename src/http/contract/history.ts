import { z } from "zod";
import { vias } from "../../alert/actor.ts";
import { actorBody } from "../../alert/contract.ts";

/** A history entry; `data` depends on `kind` (see alert/history-event.ts). */
export const historyBody = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: actorBody,
    via: z.enum(vias),
    kind: z.string(),
    sentence: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "HistoryEntry" });
export type HistoryBody = z.infer<typeof historyBody>;

export const commentBody = z
  .object({
    id: z.string(),
    alertId: z.string(),
    body: z.string(),
    author: actorBody,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Comment" });
export type CommentBody = z.infer<typeof commentBody>;

export const newComment = z.strictObject({ alertId: z.uuid(), body: z.string().trim().min(1).max(10_000) });
