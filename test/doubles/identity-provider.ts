import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Provider } from "oidc-provider";

/** What the provider says about an account. */
type Account = Record<string, unknown>;

/** A real OpenID Provider on loopback. To sign in there, it is enough to enter the name of an account. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Adds or replaces an account in the group security, and returns its name. */
  account(name: string, more?: Account): string;
  /** Changes what the token endpoint answers, until it is called with null. */
  tamper(change: ((answer: Record<string, unknown>) => unknown) | null): void;
  /** An ID token with other claims, signed by the provider. */
  resign(idToken: unknown, claims: object): string;
  close(): Promise<void>;
}

const scope = "openid email profile";
const clientId = "tocsin";
const clientSecret = "a secret that only the provider & Tocsin know";

export async function startIdentityProvider({
  redirectUri,
  signedOutUri,
}: {
  redirectUri: string;
  signedOutUri: string;
}): Promise<IdentityProvider> {
  const accounts = new Map<string, Account>();
  let change: ((answer: Record<string, unknown>) => unknown) | null = null;
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const { server, issuer } = await listen((request, response) => handle(request, response));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, grant_types: ["authorization_code"] },
        ...{ redirect_uris: [redirectUri], post_logout_redirect_uris: [signedOutUri] },
      },
    ],
    scopes: scope.split(" "),
    claims: {
      openid: ["sub", "groups", "hd", "_claim_names", "https://slack.com/team_id", "realm_access"],
      email: ["email", "email_verified"],
      profile: ["name", "preferred_username"],
    },
    conformIdTokenClaims: false,
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    cookies: { keys: ["a key for tests"] },
    ttl: { IdToken: 600, Session: 600, Grant: 600, Interaction: 600, AccessToken: 600 },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => {
      const account = accounts.get(accountId);
      return account && { accountId, claims: () => ({ sub: accountId, ...account }) };
    },
    // Nobody is asked for consent.
    async loadExistingGrant({ oidc }) {
      const accountId = oidc.session?.accountId;
      if (!accountId) return undefined;
      const grant = new provider.Grant({ accountId, clientId });
      grant.addOIDCScope(scope);
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    if (context.path === "/token" && change) context.body = change({ ...context.body });
  });
  const protocol = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void protocol(request, response);
    if (request.method === "GET") return void response.setHeader("content-type", "text/html").end(form);
    void text(request).then((sent) => {
      const accountId = new URLSearchParams(sent).get("account") ?? "";
      const result = accounts.has(accountId)
        ? { login: { accountId } }
        : { error: "access_denied", error_description: "<b>The person</b> cancelled" };
      return provider.interactionFinished(request, response, result);
    });
  };
  return {
    ...{ issuer, clientId, clientSecret },
    account(name, more = {}) {
      const usual = { email: `${name}@example.com`, email_verified: true, name, groups: ["security"] };
      accounts.set(name, { ...usual, ...more });
      return name;
    },
    tamper: (next) => {
      change = next;
    },
    resign(idToken, claims) {
      const [head = "", body = ""] = String(idToken).split(".");
      const changed = { ...JSON.parse(Buffer.from(body, "base64url").toString()), ...claims };
      const signed = `${head}.${Buffer.from(JSON.stringify(changed)).toString("base64url")}`;
      return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
    },
    close: () => endServer(server),
  };
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The provider has no port.");
  return { server, issuer: `http://127.0.0.1:${address.port}` };
}

function endServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

const form = `<!doctype html><title>The provider</title><form method="post">
<label>Account <input name="account" autofocus></label> <button>Sign in</button></form>`;
