import { useQuery } from "@tanstack/react-query";
import type { Permission } from "../../src/alert/permission.ts";
import { peopleApi } from "../api/people.ts";
import { ApiError } from "../api/request.ts";

/** The session of the signed-in user; `data` is null when nobody is signed in. */
export function useSession() {
  return useQuery({ queryKey: ["session"], queryFn: readSession, staleTime: 60_000 });
}

/** True if the user has all these permissions; false while the session loads. */
export function usePermission(...needed: Permission[]): boolean {
  const held = useSession().data?.permissions;
  return held !== undefined && needed.every((permission) => held.includes(permission));
}

async function readSession() {
  try {
    return await peopleApi.session();
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) return null;
    throw error;
  }
}
