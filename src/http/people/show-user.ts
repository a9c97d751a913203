import type { User } from "../../people/users/user.ts";
import type { UserBody } from "../contract/user.ts";

export function showUser({ permissions: _, createdAt, ...user }: User): UserBody {
  return { ...user, createdAt: createdAt.toISOString() };
}
