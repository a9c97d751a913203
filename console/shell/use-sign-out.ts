import { useMutation } from "@tanstack/react-query";
import { peopleApi } from "../api/people.ts";
import { showError } from "../components/toasts.tsx";

/** Signs out here, and at the identity provider if the session began there. */
export function useSignOut() {
  return useMutation({
    mutationFn: peopleApi.signOut,
    // Loading the page again drops all data that the user could see.
    onSuccess: (elsewhere) => window.location.assign(elsewhere?.signOutUrl ?? "/sign-in"),
    onError: (error) => showError("You are still signed in.", error),
  });
}
