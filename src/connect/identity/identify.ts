import { sql } from "kysely";
import { decideIdentity, type Identity, type MatchedUser, type Whom } from "./decide-identity.ts";
import { type Asked, faceOf } from "../../people/slack/face-of.ts";

/** Which Tocsin user is this Slack user now? Asks Slack unless it was asked within the last minute. */
export async function identify(asked: Asked & { whom?: Whom }): Promise<Identity> {
  const face = await faceOf(asked);
  const user = (await tiedUser(asked)) ?? (face?.email ? await userOfEmail(asked, face.email) : null);
  return decideIdentity(face, asked.installation, user, asked.whom);
}

async function tiedUser({ db, installation, slackUserId }: Asked): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions, 'here' as tied
    from slack_ties t join users u on u.id = t.user_id join roles r on r.id = u.role_id
    where t.installation_id = ${installation.id} and t.slack_user_id = ${slackUserId}`.execute(db);
  return rows[0] ?? null;
}

async function userOfEmail({ db, installation }: Asked, email: string): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions,
      case when t.user_id is not null then 'elsewhere' end as tied
    from users u join roles r on r.id = u.role_id
    left join slack_ties t on t.user_id = u.id and t.installation_id = ${installation.id}
    where lower(u.email) = ${email.toLowerCase()}`.execute(db);
  return rows[0] ?? null;
}
