import { type Caller, type Doors, publicUrl } from "./tocsin/server.ts";

export const password = "correct horse battery staple";

/** Somebody at the Console. */
export interface Member {
  id: string;
  email: string;
  /** Sends the session's cookie, from the Console's own pages. */
  call: Caller;
  cookie: string;
}

/** Makes a user through the API as `admin` does, follows their link, and leaves them signed in. */
export async function join(doors: Doors, admin: Caller, name: string, role: string): Promise<Member> {
  const email = `${name.toLowerCase()}@example.com`;
  const { body } = await admin("POST", "/api/v1/users", { email, name, role });
  const token = new URL(body.setPasswordUrl).hash.slice(1);
  const used = await doors.caller({})("POST", "/api/v1/password-links/use", { token, password });
  return atConsole(doors, { id: body.id, email }, used.headers);
}

/** Signs a user in by password. */
export async function signInAs(doors: Doors, { id, email }: { id: string; email: string }): Promise<Member> {
  const { headers } = await doors.caller({})("POST", "/api/v1/session", { email, password });
  return atConsole(doors, { id, email }, headers);
}

/** The member whose session this answer began. */
export function atConsole(
  doors: Doors,
  who: { id: string; email: string },
  headers: Record<string, unknown>,
): Member {
  const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
  return { ...who, cookie, call: doors.caller({ cookie, origin: publicUrl }) };
}
