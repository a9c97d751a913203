import type { IdentityProvider } from "../doubles/identity-provider.ts";
import { type Caller, publicUrl, type TestServer } from "./server.ts";

/** A page or redirect that a browser got. */
export interface Page {
  status: number;
  text: string;
  /** Where it leads to; empty for a page. */
  location: string;
}

/** A browser without a screen, which visits Tocsin and its identity provider and keeps the cookies of both. */
export interface Visitor {
  /** Opens an address of Tocsin. */
  open(path: string): Promise<Page>;
  /** Follows redirects at the provider and signs in there as `account`. Returns the address back at Tocsin. */
  visitProvider(url: string, account: string): Promise<string>;
  /** Signs in from Tocsin's start page until the page after the return. */
  signIn(account: string): Promise<Page>;
  cookies: Map<string, string>;
}

/** The settings of a Tocsin whose people sign in there. */
export function oidcSettings({ issuer, clientId, clientSecret }: IdentityProvider) {
  return {
    ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: "Okta" },
    OIDC_ROLES: "tocsin-admins=Admin,security=Analyst,ghosts=Ghost",
  };
}

/** Calls the API with the visitor's cookies. */
export function callerOf(server: TestServer, { cookies }: Visitor): Caller {
  return server.caller({ cookie: cookieHeader(cookies), origin: publicUrl });
}

export function openVisitor(server: TestServer, ip = "192.0.2.1"): Visitor {
  const cookies = new Map<string, string>();
  const providerCookies = new Map<string, string>();
  const open = async (path: string): Promise<Page> => {
    const url = path.replace(publicUrl, "");
    const headers = { cookie: cookieHeader(cookies) };
    const {
      statusCode: status,
      headers: answered,
      payload,
    } = await server.app.inject({
      ...{ method: "GET", url, headers, remoteAddress: ip },
    });
    keep(cookies, [answered["set-cookie"]].flat());
    return { status, text: payload, location: String(answered.location ?? "") };
  };
  const visitProvider = async (url: string, account: string): Promise<string> => {
    let next = url;
    let sent: Record<string, string> | null = null;
    for (let step = 0; step < 12; step++) {
      if (next.startsWith(publicUrl)) return next;
      const answer: Response = await fetch(next, {
        redirect: "manual",
        headers: { cookie: cookieHeader(providerCookies) },
        ...(sent && { method: "POST", body: new URLSearchParams(sent) }),
      });
      keep(providerCookies, answer.headers.getSetCookie());
      const location = answer.headers.get("location");
      const page = location ? "" : await answer.text();
      if (!location && !page.includes("<form"))
        throw new Error(`The provider answered ${answer.status}: ${page}`);
      sent = location ? null : { ...hiddenFields(page), account };
      next = new URL(location ?? /action="([^"]*)"/.exec(page)?.[1] ?? next, next).href;
    }
    throw new Error("The provider redirects without end.");
  };
  return {
    ...{ cookies, open, visitProvider },
    async signIn(account) {
      const { location } = await open("/auth/oidc/start");
      return open(await visitProvider(location, account));
    },
  };
}

/** Of a form that a script would send by itself. */
function hiddenFields(page: string): Record<string, string> {
  const fields = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, value]));
}

function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

function keep(cookies: Map<string, string>, set: readonly (string | undefined)[]): void {
  for (const cookie of set) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie ?? "") ?? [];
    if (value) cookies.set(name, value);
    else cookies.delete(name);
  }
}
