import { useQueryClient } from "@tanstack/react-query";
import type { SettingsChange } from "../../../src/triage/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { useApiMutation } from "../../forms/use-api-mutation.ts";

interface Options {
  success?: string;
  failure?: `${string}.`;
  /** Called when the page has the stored settings. */
  onSaved?: (change: SettingsChange) => void;
}

/** Changes settings. A form that shows what is stored never shows the values from before, not even for a moment. */
export function useSettingsChange({ success = "Settings saved.", failure, onSaved }: Options = {}) {
  const queries = useQueryClient();
  return useApiMutation({
    mutationFn: setupApi.changeSettings,
    invalidates: "settings",
    success,
    failure: failure ?? "in the form",
    onSuccess(stored, change) {
      queries.setQueryData(["settings"], stored);
      onSaved?.(change);
    },
  });
}
