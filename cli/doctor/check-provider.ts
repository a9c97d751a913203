import type { Configuration } from "openid-client";
import { isRefusal } from "../../src/alert/refusal.ts";
import type { Config, Oidc } from "../../src/config.ts";
import type { Database } from "../../src/db/connect.ts";
import { findEmergencyAdmin } from "../../src/people/oidc/emergency-admin.ts";
import { explainFault } from "../../src/people/oidc/explain-fault.ts";
import { discover, redirectUriOf } from "../../src/people/oidc/provider.ts";
import { findRole } from "../../src/people/roles.ts";
import { openReach } from "../../src/reach/reach.ts";
import type { Finding } from "./finding.ts";

/** Asks the identity provider for its discovery document, and whether it accepts the client and its secret. */
export async function checkProvider({ oidc, publicUrl, proxies }: Config): Promise<Finding[]> {
  if (!oidc) return [];
  const redirectUri = redirectUriOf({ publicUrl });
  const broken = (fault: unknown): Finding => {
    const { what, remedy } = explainFault(fault, { ...oidc, redirectUri });
    return { kind: "broken", text: `OpenID Connect: ${what} ${remedy}` };
  };
  try {
    const config = await discover(oidc, openReach(proxies).fetch);
    const found = `OpenID Connect: ${oidc.issuer} answers. ${redirectUri} has to be registered there as redirect URI, and ${publicUrl}/sign-in as the page after signing out.`;
    const secret = await secretFault(config, redirectUri);
    return [{ kind: "ok", text: found }, ...(secret ? [broken(secret)] : []), ...checkMetadata(config)];
  } catch (fault) {
    return [broken(fault)];
  }
}

/** Providers check the client before the code, so that a code that doesn't exist shows whether they know the secret. */
async function secretFault(config: Configuration, redirectUri: string): Promise<unknown> {
  const { genericGrantRequest, randomPKCECodeVerifier } = await import("openid-client");
  const noCode = {
    code: "tocsin-doctor",
    redirect_uri: redirectUri,
    code_verifier: randomPKCECodeVerifier(),
  };
  try {
    await genericGrantRequest(config, "authorization_code", noCode);
    return null;
  } catch (fault) {
    const code = fault instanceof Error && "error" in fault ? fault.error : undefined;
    const isAboutClient = ["invalid_client", "unauthorized_client", "bad_client_secret", "invalid_client_id"];
    return isAboutClient.some((one) => one === code) ? fault : null;
  }
}

function checkMetadata(config: Configuration): Finding[] {
  const { end_session_endpoint, code_challenge_methods_supported: methods } = config.serverMetadata();
  const notes = [
    end_session_endpoint
      ? null
      : "has no page to sign out, so signing out of Tocsin leaves people signed in there",
    methods && !methods.includes("S256") ? "doesn't say that it supports PKCE (S256)" : null,
  ];
  return notes.flatMap((note) =>
    note ? [{ kind: "note", text: `OpenID Connect: the identity provider ${note}.` } as const] : [],
  );
}

/** Whether the roles of OIDC_ROLES exist, and who can sign in while the provider is down. */
export async function checkMapping(db: Database, { oidc }: { oidc: Oidc | undefined }): Promise<Finding[]> {
  if (!oidc) return [];
  const findings: Finding[] = [];
  for (const name of new Set(oidc.roles.map(({ role }) => role))) {
    const role = await findRole(db.kysely, name);
    if (isRefusal(role)) findings.push({ kind: "broken", text: `OIDC_ROLES: ${role.why}` });
  }
  return [...findings, ...(oidc.only ? [await checkEmergencyAdmin(db, oidc)] : [])];
}

async function checkEmergencyAdmin(db: Database, oidc: Oidc): Promise<Finding> {
  const admin = await findEmergencyAdmin(db.kysely, oidc);
  if (admin?.hasPassword)
    return {
      kind: "ok",
      text: `Only OpenID Connect: ${admin.email} is the emergency admin, who signs in by password.`,
    };
  const why = admin
    ? `${admin.email} is the emergency admin and has no password. Create a link under Users, or with tocsin user create.`
    : `there is no emergency admin, so nobody can sign in while the provider is down. Name an enabled user with Manage Users in OIDC_EMERGENCY_ADMIN; tocsin user create makes one.`;
  return { kind: "broken", text: `Only OpenID Connect: ${why}` };
}
