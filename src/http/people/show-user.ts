import type { User } from "../../people/users.ts";
import type { UserBody } from "../../people/contract.ts";

export function showUser({ permissions: _, createdAt, ...user }: User): UserBody {
  return { ...user, createdAt: createdAt.toISOString() };
}
