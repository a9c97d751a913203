import { z } from "zod";
import { type DoubleAnswer, startDouble } from "./http-double.ts";

const message = z.object({
  type: z.literal("message"),
  attachments: z
    .array(
      z.object({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        content: z.looseObject({
          type: z.literal("AdaptiveCard"),
          version: z.enum(["1.0", "1.1", "1.2", "1.3", "1.4"]),
          body: z.array(z.looseObject({ type: z.string() })).min(1),
          actions: z.array(z.looseObject({ type: z.string() })).max(6),
        }),
      }),
    )
    .min(1),
});
type Card = z.infer<typeof message>["attachments"][number]["content"];

/** So much a message may have, once Teams has wrapped it. */
const maxBytes = 28_672;
const wrapping = 1.18;

const states = {
  off: {
    status: 400,
    body: {
      error: {
        code: "WorkflowTriggerIsNotEnabled",
        message: "Could not execute workflow trigger 'manual' with state 'Disabled': trigger is not enabled.",
      },
    },
  },
  deleted: {
    status: 404,
    body: { error: { code: "WorkflowNotFound", message: "The workflow could not be found." } },
  },
  "signed-in only": {
    status: 401,
    body: {
      error: { code: "DirectApiAuthorizationRequired", message: "The request must be authenticated." },
    },
  },
  busy: { status: 429, body: "Rate limit is exceeded.", headers: { "retry-after": "7" } },
} satisfies Record<string, DoubleAnswer>;

/**
 * A Workflows webhook of Teams. Like the real one it answers 202 before it looks at the card, so a card that it can't
 * post is only in `lost`.
 */
export async function startTeams() {
  const cards: Card[] = [];
  const lost: string[] = [];
  let state: keyof typeof states | "on" = "on";
  let times = 0;
  const path = "/workflows/0a1b/triggers/manual/paths/invoke?sig=of-the-workflow";
  const double = await startDouble((request): DoubleAnswer => {
    if (request.path !== `POST ${path}`) return states.deleted;
    if (state !== "on" && times > 0) {
      times -= 1;
      return states[state];
    }
    const parsed = message.safeParse(JSON.parse(request.text));
    if (!parsed.success) lost.push(z.prettifyError(parsed.error));
    else if (Buffer.byteLength(request.text) * wrapping > maxBytes)
      lost.push(`MessageSizeExceeded-Message properties size exceeded: ${request.text.length}`);
    else cards.push(...parsed.data.attachments.map(({ content }) => content));
    return { status: 202 };
  });
  return {
    ...double,
    url: `https://prod-7.westeurope.logic.azure.example${path}`,
    host: "prod-7.westeurope.logic.azure.example",
    cards,
    lost,
    /** Answers the next requests like a workflow in this state. */
    set(next: keyof typeof states, forTimes = Number.POSITIVE_INFINITY) {
      state = next;
      times = forTimes;
    },
    turnOn() {
      state = "on";
    },
  };
}

/** All the text of a card, in order. */
export function textOf(card: unknown): string {
  if (Array.isArray(card)) return card.map(textOf).filter(Boolean).join("\n");
  if (typeof card !== "object" || card === null) return "";
  return Object.entries(card)
    .map(([name, value]) => (name === "text" || name === "title" ? String(value) : textOf(value)))
    .filter(Boolean)
    .join("\n");
}
