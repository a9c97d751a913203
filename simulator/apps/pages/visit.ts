import type { FastifyRequest } from "fastify";
import type { Simulator } from "../../simulator.ts";
import type { App } from "../../workspace/app.ts";
import type { User } from "../../workspace/user.ts";
import type { World } from "../../workspace/workspace.ts";
import type { ManifestError } from "../manifest/schema/manifest.ts";
import type { Html } from "./html.ts";

const cookie = "simulator_as";

/** A person by short name, in whichever workspace; whoever isn't there is Ada, or else the first there is. */
function personNamed({ workspaces }: World, name: string): User {
  const people = [...workspaces.values()]
    .flatMap(({ users }) => [...users.values()])
    .filter(({ isBot, deleted }) => !isBot && !deleted);
  const found =
    people.find((one) => one.name === name) ?? people.find((one) => one.name === "ada") ?? people[0];
  if (!found) throw new Error("There is nobody in any workspace");
  return found;
}

/** The header by which a browser keeps who one acts as. It proves nothing: there is no sign-in. */
export const actingCookie = (name: string): string =>
  `${cookie}=${encodeURIComponent(name)}; Path=/; SameSite=Lax; HttpOnly`;

const actingAs = (header: string | undefined) =>
  decodeURIComponent(header?.match(new RegExp(`(?:^|; )${cookie}=([\\w.%-]+)`))?.[1] ?? "");

/** Who looks at which page. */
export function visitOf(simulator: Simulator, request: FastifyRequest): Visit {
  const query = new URL(request.url, "http://simulator").searchParams;
  const user = personNamed(simulator.world, actingAs(request.headers.cookie));
  return { simulator, user, path: request.url, query };
}

/** What was sent with a form; nothing with any other request. */
export const formOf = ({ body }: FastifyRequest): FormData =>
  body instanceof FormData ? body : new FormData();

/** Somebody looks at a page. */
export type Visit = {
  simulator: Simulator;
  /** Who one acts as; there is no sign-in. */
  user: User;
  /** The address of the page, with its query. */
  path: string;
  query: URLSearchParams;
};

/** Somebody looks at a page of an app's settings. */
export type AppVisit = Visit & { app: App; refused: readonly ManifestError[] };

/** What became of a pressed button: done, with words for it and where to go on, or refused. */
export type Outcome =
  | { ok: true; told?: string; to?: string }
  | { ok: false; errors: readonly ManifestError[] };

/** One page of an app's settings: what it shows, and what its buttons do, by name. */
export type SettingsPage = {
  path: string;
  title: string;
  /** Whether the menu lists it; it does unless told. */
  isListed?: (visit: AppVisit) => boolean;
  show: (visit: AppVisit) => Html;
  deeds: Record<string, (visit: AppVisit, form: FormData) => Outcome | Promise<Outcome>>;
};

/** What a field of a form holds, without the blanks around it; nothing where it is empty or a file. */
export function read(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Every value that was sent under a name. */
export const readAll = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === "string");
