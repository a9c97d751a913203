import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Person } from "../../src/alert/person.ts";
import { peopleApi } from "../api/people.ts";
import { useMay, useSession } from "../session/use-session.ts";

/**
 * Who may be assigned, oneself first. Without "View Users" only those are known who stand on the alerts at
 * hand; others are assigned by their e-mail.
 */
export function usePeople(alerts: { assignee: Person | null }[]): Person[] {
  const me = useSession().data?.user;
  const users = useQuery({
    queryKey: ["users", "all"],
    queryFn: () => peopleApi.users(),
    enabled: useMay("View Users"),
    staleTime: 60_000,
  });
  return useMemo(() => {
    const known = [
      ...(me ? [me] : []),
      ...(users.data?.results ?? []).filter(({ enabled }) => enabled),
      ...alerts.flatMap(({ assignee }) => assignee ?? []),
    ];
    return [...new Map(known.map(({ id, email, name }) => [id, { id, email, name }])).values()];
  }, [me, users.data, alerts]);
}
