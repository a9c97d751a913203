import { useQuery } from "@tanstack/react-query";
import { peopleApi } from "../api/people.ts";

/** How people sign in, which only a restart of Tocsin changes. */
export function useSignInWays() {
  return useQuery({
    queryKey: ["sign-in-ways"],
    queryFn: peopleApi.signInWays,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Whether only the emergency admin has a password. */
export function useProviderOnly(): boolean {
  return useSignInWays().data?.passwords === "emergency admin";
}

/** The address where a visit to the identity provider begins. */
export function visitUrl(url: string, query: Record<string, string>): string {
  return `${url}?${new URLSearchParams(query)}`;
}
