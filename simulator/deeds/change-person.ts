import { userWire } from "../web-api/wire/user-wire.ts";
import { makeUser, type User } from "../workspace/user.ts";
import type { At } from "./at.ts";

type Given = Pick<User, "name"> & Partial<User>;

/** Adds a full member, or with a name that is taken changes that person. Apps that may know are told. */
export function changePerson({ workspace, emit }: At, { name, id, ...given }: Given): User {
  const { users, channels, team, makeId, makeTs, now } = workspace;
  const known = [...users.values()].find((user) => user.name === name);
  const fresh = { id: id ?? makeId("U"), email: `${name}@acme.example`, teamId: team.id };
  const user = makeUser({ ...(known ?? fresh), ...given, name });
  users.set(user.id, user);
  if (!known && user.teamId === team.id)
    for (const { kind, members } of channels.values()) if (kind === "public") members.add(user.id);
  const type = known ? "user_change" : "team_join";
  const stamps = { ...(known && { cache_ts: Math.floor(now() / 1000) }), event_ts: makeTs() };
  emit((bot) => ({ type, user: userWire({ workspace, bot }, user), ...stamps }));
  return user;
}
