import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { decideIdentity, type Identity, type MatchedUser } from "./decide-identity.ts";
import { type Asked, faceOf } from "./face-of.ts";

/** Which Tocsin user is this Slack user now? Asks Slack unless it was asked within the last minute. */
export async function identify(asked: Asked): Promise<Identity> {
  const face = await faceOf(asked);
  const user = face?.email ? await matchingUser(asked.db, face.email) : null;
  return decideIdentity(face, asked.installation, user);
}

async function matchingUser(db: Database["kysely"], email: string): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions
    from users u join roles r on r.id = u.role_id where lower(u.email) = ${email.toLowerCase()}`.execute(db);
  return rows[0] ?? null;
}
