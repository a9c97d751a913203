import type { FastifyRequest } from "fastify";
import type { Simulator } from "../../simulator.ts";
import type { User } from "../../workspace/user.ts";
import type { World } from "../../workspace/workspace.ts";
import type { Visit } from "./frame/visit.ts";

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
