import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Person } from "../../src/alert/person.ts";
import { peopleApi } from "../api/people.ts";
import { useSession } from "../session/use-session.ts";

/** Who may be assigned, oneself first; somebody beyond the first fifty is assigned by their e-mail. */
export function usePeople(alerts: { assignee: Person | null }[]): Person[] {
  const me = useSession().data?.user;
  const users = useQuery({
    queryKey: ["assignees"],
    queryFn: () => peopleApi.assignees(),
    staleTime: 60_000,
  });
  return useMemo(() => {
    const known = [
      ...(me ? [me] : []),
      ...(users.data?.results ?? []),
      ...alerts.flatMap(({ assignee }) => assignee ?? []),
    ];
    return [...new Map(known.map(({ id, email, name }) => [id, { id, email, name }])).values()];
  }, [me, users.data, alerts]);
}
