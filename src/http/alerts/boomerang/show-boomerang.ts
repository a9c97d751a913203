import { answerWords } from "../../../alert/answer-words.ts";
import type { BoomerangRow } from "../../../triage/boomerang/list-boomerangs.ts";
import type { BoomerangBody } from "../../../boomerang/contract.ts";

export function showBoomerang(row: BoomerangRow): BoomerangBody {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    recipients: row.recipients.map(({ slackId: _, answeredBy, answeredAt, suppression, ...recipient }) => ({
      ...recipient,
      says: recipient.answer && answerWords(recipient.answer),
      answeredBy: answeredBy?.name ?? null,
      suppression: suppression && { ...suppression, until: new Date(suppression.until).toISOString() },
      answeredAt: answeredAt === null ? null : new Date(answeredAt).toISOString(),
    })),
  };
}
