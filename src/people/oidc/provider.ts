import type { ClientAuth, Configuration } from "openid-client";
import type { Config, Oidc } from "../../config.ts";
import type { Fetch } from "../../reach/reach.ts";
import { explainFault, ProviderFault } from "./explain-fault.ts";
import { limitedFetch, timeoutSeconds } from "./limited-fetch.ts";
import { type Claims, readClaims } from "./read-claims.ts";

/** What a browser's visit to the provider is bound to. */
export interface Binding {
  state: string;
  nonce: string;
  /** Proves that the code is used by whom it was made for (PKCE). */
  verifier: string;
}

/** The identity provider, with its discovery document once somebody needed it. */
export interface Provider {
  oidc: Oidc;
  redirectUri: string;
  /** The page where a person signs in. `fresh` asks for their credentials even if they are signed in there. */
  authorizeUrl(binding: Binding, options: { fresh: boolean; loginHint?: string }): Promise<string>;
  /** Redeems the code in the query with which the provider sent the person back. */
  redeem(query: string, binding: Binding): Promise<{ claims: Claims; idToken: string }>;
  /** The page that signs out at the provider too; null if it has none. */
  signOutUrl(idToken: string | null): Promise<string | null>;
}

/** So long the discovery document is used; afterwards too, while there is no newer one. */
const keepMs = 60 * 60_000;
/** So long after a failure nobody asks again. */
const pauseMs = 3000;

/** Where the provider sends people back to. */
export function redirectUriOf({ publicUrl }: Pick<Config, "publicUrl">): string {
  return `${publicUrl}/auth/oidc/callback`;
}

/** The configured identity provider; nothing is fetched before it is needed. All calls throw `ProviderFault`s. */
export function openProvider(
  oidc: Oidc,
  { publicUrl, fetch }: { publicUrl: string; fetch: Fetch },
): Provider {
  const redirectUri = redirectUriOf({ publicUrl });
  const configuration = keepConfiguration(oidc, fetch);
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (fault) {
      throw new ProviderFault(explainFault(fault, { ...oidc, redirectUri }), fault);
    }
  };
  return {
    oidc,
    redirectUri,
    authorizeUrl: ({ state, nonce, verifier }, { fresh, loginHint }) =>
      explained(async () => {
        const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import("openid-client");
        const config = await configuration();
        const prompts = config.serverMetadata().prompt_values_supported;
        const mayPrompt = !Array.isArray(prompts) || prompts.includes("login");
        return buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: oidc.scopes,
          ...{ state, nonce },
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          ...(fresh && { max_age: "0", ...(mayPrompt && { prompt: "login" }) }),
          ...(loginHint && { login_hint: loginHint }),
        }).href;
      }),
    redeem: (query, { state, nonce, verifier }) =>
      explained(async () => {
        const { authorizationCodeGrant } = await import("openid-client");
        const config = await configuration();
        const tokens = await authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
          idTokenExpected: true,
        });
        const idToken = tokens.claims();
        if (!idToken || !tokens.id_token) throw new Error("The provider sent no ID token.");
        const claims = readClaims(idToken, oidc);
        if (claims.email !== null && claims.noGroups !== "no claim")
          return { claims, idToken: tokens.id_token };
        const more = await userInfo(config, tokens.access_token, idToken.sub);
        return { claims: readClaims({ ...more, ...idToken }, oidc), idToken: tokens.id_token };
      }),
    signOutUrl: (idToken) =>
      explained(async () => {
        const { buildEndSessionUrl } = await import("openid-client");
        const config = await configuration();
        if (!config.serverMetadata().end_session_endpoint) return null;
        return buildEndSessionUrl(config, {
          post_logout_redirect_uri: `${publicUrl}/sign-in`,
          ...(idToken && { id_token_hint: idToken }),
        }).href;
      }),
  };
}

/** Some providers, such as Okta, name email and groups only there. */
async function userInfo(config: Configuration, accessToken: string, subject: string): Promise<object> {
  if (!config.serverMetadata().userinfo_endpoint) return {};
  const { fetchUserInfo } = await import("openid-client");
  return fetchUserInfo(config, accessToken, subject);
}

/** Discovers when it is needed: once for all who wait, and again after an hour. */
function keepConfiguration(oidc: Oidc, fetch: Fetch): () => Promise<Configuration> {
  let kept: { config: Configuration; at: number } | null = null;
  let failed: { fault: unknown; at: number } | null = null;
  let running: Promise<Configuration> | null = null;
  const isYoung = (one: { at: number } | null, ms: number) => one !== null && performance.now() - one.at < ms;
  const discoverOnce = async () => {
    try {
      const config = await discover(oidc, fetch);
      kept = { config, at: performance.now() };
      return config;
    } catch (fault) {
      failed = { fault, at: performance.now() };
      throw fault;
    } finally {
      running = null;
    }
  };
  return async () => {
    if (kept && isYoung(kept, keepMs)) return kept.config;
    try {
      if (failed && isYoung(failed, pauseMs)) throw failed.fault;
      running ??= discoverOnce();
      return await running;
    } catch (fault) {
      if (kept) return kept.config;
      throw fault;
    }
  };
}

/** Reads the provider's discovery document. Throws what the library throws. */
export async function discover(oidc: Oidc, fetch: Fetch): Promise<Configuration> {
  const { allowInsecureRequests, customFetch, discovery, enableNonRepudiationChecks } = await import(
    "openid-client"
  );
  // Plain http is allowed for this machine only (`readConfig`).
  const insecure = oidc.issuer.startsWith("http:") ? [allowInsecureRequests] : [];
  return discovery(new URL(oidc.issuer), oidc.clientId, {}, await clientAuth(oidc), {
    [customFetch]: limitedFetch(fetch),
    timeout: timeoutSeconds,
    // Checks the signatures of ID tokens too, which TLS would vouch for.
    execute: [enableNonRepudiationChecks, ...insecure],
  });
}

/** In the way that the provider says it takes; without a word it takes HTTP Basic. */
async function clientAuth({ clientSecret }: Oidc): Promise<ClientAuth> {
  const { ClientSecretBasic, ClientSecretPost } = await import("openid-client");
  const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (ways.includes("client_secret_post") ? post : basic)(server, client, body, headers);
  };
}
