import type { SlackEvent } from "../web-api/caller.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Workspace } from "../workspace/workspace.ts";

type EventInChannel = { event: SlackEvent; channel?: Channel | undefined };

/** Events that an org-wide app gets without a workspace and without `authorizations`. */
const organisationEvents = new Set([
  "app_uninstalled",
  "team_access_granted",
  "team_access_revoked",
  "tokens_revoked",
]);

/** The workspace of the event's author; in a shared channel this can be another company's. */
function sourceTeam({ team, users, world }: Workspace, { event, channel }: EventInChannel): string {
  const author = channel?.isExtShared && typeof event.user === "string" ? users.get(event.user) : undefined;
  return author && !world.workspaces.has(author.teamId) ? author.teamId : team.id;
}

/** An opaque value for `apps.event.authorizations.list`. Slack's current ones begin with 4. */
function eventContext(teamId: string, appId: string, { event, channel }: EventInChannel): string {
  const about = { et: event.type, tid: teamId, aid: appId, ...(channel && { cid: channel.id }) };
  return `4-${Buffer.from(JSON.stringify(about)).toString("base64url")}`;
}

function workspaceFields(
  workspace: Workspace,
  { app, target, botUserId }: Installation,
  given: EventInChannel,
) {
  const { team, enterprise } = workspace;
  const isOrgWide = target.kind === "organisation";
  const enterpriseId = enterprise?.id ?? null;
  return {
    team_id: sourceTeam(workspace, given),
    authorizations: [
      {
        enterprise_id: enterpriseId,
        team_id: isOrgWide ? null : team.id,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: isOrgWide,
      },
    ],
    is_ext_shared_channel: given.channel?.isExtShared ?? false,
    event_context: eventContext(team.id, app.id, given),
    context_team_id: team.id,
    context_enterprise_id: enterpriseId,
  };
}

/** The body of an event request. */
export function eventBody(workspace: Workspace, bot: Installation, given: EventInChannel) {
  const { enterprise, now, makeId } = workspace;
  const isAboutOrganisation = bot.target.kind === "organisation" && organisationEvents.has(given.event.type);
  return {
    token: bot.app.verificationToken,
    ...(enterprise && { enterprise_id: enterprise.id }),
    api_app_id: bot.app.id,
    event: given.event,
    type: "event_callback",
    event_id: makeId("Ev"),
    event_time: Math.floor(now() / 1000),
    ...(!isAboutOrganisation && workspaceFields(workspace, bot, given)),
  };
}
