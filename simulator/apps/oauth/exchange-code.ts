import type { Simulator } from "../../simulator.ts";
import { type Answer, refuse } from "../../web-api/answer.ts";
import type { App, OAuthCode } from "../../workspace/app.ts";
import { install } from "../../workspace/install.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { World } from "../../workspace/workspace.ts";
import { isClientSecret } from "../credentials.ts";

const codeLifetimeMs = 10 * 60_000;

/** The method and its error codes, which a test compares with Slack's reference. */
export const exchangeCodeMethod = {
  name: "oauth.v2.access",
  errors: [
    "bad_client_secret",
    "bad_redirect_uri",
    "invalid_client_id",
    "invalid_code",
    "invalid_grant_type",
    "invalid_refresh_token",
    "pkce_not_allowed",
  ],
} as const;

type Code = (typeof exchangeCodeMethod.errors)[number];
type Args = Record<string, unknown>;

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** The app with these credentials. */
function appOf({ world }: Simulator, args: Args): App | Code {
  const app = [...world.apps.values()].find(({ clientId }) => clientId === args.client_id);
  if (!app) return "invalid_client_id";
  return isClientSecret(app, text(args.client_secret) ?? "", world.now()) ? app : "bad_client_secret";
}

/** Uses up a code and returns what was allowed with it. */
function takeCode(app: App, args: Args, now: number): OAuthCode | Code {
  const grant = text(args.grant_type);
  if (grant === "refresh_token" || args.refresh_token) return "invalid_refresh_token";
  if (grant && grant !== "authorization_code") return "invalid_grant_type";
  if (args.code_verifier && !app.manifest.oauth_config?.pkce_enabled) return "pkce_not_allowed";
  const code = text(args.code) ?? "";
  const allowed = app.codes.get(code);
  if (!allowed || now - allowed.issuedAt > codeLifetimeMs) return "invalid_code";
  if (allowed.redirectUri !== text(args.redirect_uri)) return "bad_redirect_uri";
  app.codes.delete(code);
  return allowed;
}

const named = ({ id, name }: { id: string; name: string }) => ({ id, name });

function installedIn({ workspaces, organisations }: World, { target }: Installation) {
  const workspace = target.kind === "workspace" ? workspaces.get(target.teamId) : undefined;
  const enterprise =
    target.kind === "organisation" ? organisations.get(target.enterpriseId) : workspace?.enterprise;
  return {
    team: workspace ? named(workspace.team) : null,
    enterprise: enterprise ? named(enterprise) : null,
    is_enterprise_install: target.kind === "organisation",
  };
}

/** Answers `oauth.v2.access`: installs the app with what was allowed and returns its bot token. */
export function exchangeCode(simulator: Simulator, args: Args): Answer<Code> {
  const { world } = simulator;
  const app = appOf(simulator, args);
  if (typeof app === "string") return refuse(app);
  const allowed = takeCode(app, args, world.now());
  if (typeof allowed === "string") return refuse(allowed);
  const bot = install(world, app, allowed);
  return {
    ok: true,
    app_id: app.id,
    authed_user: { id: allowed.by },
    scope: [...bot.scopes].join(","),
    token_type: "bot",
    access_token: bot.botToken,
    bot_user_id: bot.botUserId,
    ...installedIn(world, bot),
  };
}
