import { useQuery } from "@tanstack/react-query";
import type { Permission } from "../../src/alert/permission.ts";
import { peopleApi } from "../api/people.ts";
import { ApiFault } from "../api/request.ts";

/** Who is signed in: `data` is null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: ["session"], queryFn: readSession, staleTime: 60_000 });
}

/** Whether the person may; false while that isn't known. */
export function useMay(permission: Permission): boolean {
  return useSession().data?.permissions.includes(permission) ?? false;
}

async function readSession() {
  try {
    return await peopleApi.session();
  } catch (fault) {
    if (fault instanceof ApiFault && fault.problem.status === 401) return null;
    throw fault;
  }
}
