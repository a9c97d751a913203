import type { Happening } from "../web-api/caller.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Workspace } from "../workspace/workspace.ts";

type Told = { event: Happening; channel?: Channel | undefined };

/** What Slack says to an app of an organisation as a whole: of no workspace, and with nobody's authorization. */
const ofTheOrganisation = new Set([
  "app_uninstalled",
  "team_access_granted",
  "team_access_revoked",
  "tokens_revoked",
]);

/** The workspace of whoever did it: another company's, where that shares the channel. */
function sourceTeam({ team, users, world }: Workspace, { event, channel }: Told): string {
  const author = channel?.isExtShared && typeof event.user === "string" ? users.get(event.user) : undefined;
  return author && !world.workspaces.has(author.teamId) ? author.teamId : team.id;
}

/** Opaque to apps, and good for `apps.event.authorizations.list`. Today's begin with 4. */
function eventContext(teamId: string, appId: string, { event, channel }: Told): string {
  const about = { et: event.type, tid: teamId, aid: appId, ...(channel && { cid: channel.id }) };
  return `4-${Buffer.from(JSON.stringify(about)).toString("base64url")}`;
}

function ofWorkspace(workspace: Workspace, { app, place, botUserId }: Installation, told: Told) {
  const { team, enterprise } = workspace;
  const isOrgWide = place.kind === "organisation";
  const enterpriseId = enterprise?.id ?? null;
  return {
    team_id: sourceTeam(workspace, told),
    authorizations: [
      {
        enterprise_id: enterpriseId,
        team_id: isOrgWide ? null : team.id,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: isOrgWide,
      },
    ],
    is_ext_shared_channel: told.channel?.isExtShared ?? false,
    event_context: eventContext(team.id, app.id, told),
    context_team_id: team.id,
    context_enterprise_id: enterpriseId,
  };
}

/** The envelope in which an event comes to an app. */
export function eventBody(workspace: Workspace, bot: Installation, told: Told) {
  const { enterprise, now, makeId } = workspace;
  const isAboutAll = bot.place.kind === "organisation" && ofTheOrganisation.has(told.event.type);
  return {
    token: bot.app.verificationToken,
    ...(enterprise && { enterprise_id: enterprise.id }),
    api_app_id: bot.app.id,
    event: told.event,
    type: "event_callback",
    event_id: makeId("Ev"),
    event_time: Math.floor(now() / 1000),
    ...(!isAboutAll && ofWorkspace(workspace, bot, told)),
  };
}
