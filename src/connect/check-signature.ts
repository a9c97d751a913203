import type { Database } from "../db/connect.ts";
import { type SignatureCheck, verifySignature } from "../slack/verify-signature.ts";
import { secretPurpose } from "../setup/secrets/purposes.ts";
import type { Vault } from "../secrets/vault.ts";

type Signed = Omit<Parameters<typeof verifySignature>[0], "secret">;

/** Slack's signatures are good for so long, so that nothing signed by the old secret can come later. */
const overlapMs = 5 * 60_000;

/**
 * Whether Slack signed this, with the present secret or with the one before. The first request that the new one
 * signed tells that Slack has changed over: the old one then counts for five minutes more.
 */
export async function checkSignature(
  { db, vault }: { db: Database; vault: Vault },
  request: Signed,
): Promise<SignatureCheck> {
  const app = await db.kysely
    .selectFrom("slack_app")
    .select([
      "signing_secret",
      "previous_signing_secret as previous",
      "previous_signing_secret_until as until",
    ])
    .executeTakeFirst();
  const unseal = (sealed: Buffer) => vault.unseal(sealed, secretPurpose("signing_secret"));
  const secret = app?.signing_secret ? unseal(app.signing_secret) : "";
  const check = verifySignature({ ...request, secret });
  if (!app?.previous || !app.until || app.until <= request.now) return check;
  if (check.ok) {
    const end = new Date(request.now.getTime() + overlapMs);
    if (app.until > end) await endPrevious(db, end);
    return check;
  }
  return check.why === "mismatch" ? verifySignature({ ...request, secret: unseal(app.previous) }) : check;
}

async function endPrevious({ kysely }: Database, end: Date): Promise<void> {
  await kysely
    .updateTable("slack_app")
    .set({ previous_signing_secret_until: end })
    .where("previous_signing_secret_until", ">", end)
    .execute();
}
