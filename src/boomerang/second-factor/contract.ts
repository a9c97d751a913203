import { z } from "zod";
import { credentialProof } from "../../people/factors/contract.ts";

/** An answer that waits for its confirmation, as the person sees it on the page that confirms it. */
export const unconfirmedAnswer = z
  .object({
    question: z.string(),
    answer: z.string(),
    /** The identity provider that confirms it; null if that is not set up. */
    provider: z.string().nullable(),
    /** Whether a passkey of the person confirms it. */
    passkey: z.boolean(),
  })
  .meta({ id: "UnconfirmedAnswer" });
export type UnconfirmedAnswerBody = z.infer<typeof unconfirmedAnswer>;

export const answerProof = z.strictObject({ passkey: credentialProof });
