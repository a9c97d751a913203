import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showError, toasts } from "../components/toasts.tsx";

interface Options<Input, Output> {
  mutationFn: (input: Input) => Promise<Output>;
  /** Key of the query to refetch afterwards. */
  invalidates: string;
  /** Toast after success. Forms that close need none. */
  success?: string;
  /** Start of the error toast, or "in the form" if the form shows the error itself. */
  failure: "in the form" | `${string}.`;
  onSuccess?: (output: Output, input: Input) => void;
}

/** A mutation through the API: shows its outcome as a toast and refetches the affected query. */
export function useApiMutation<Input, Output>(options: Options<Input, Output>) {
  const { mutationFn, invalidates, success, failure, onSuccess } = options;
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess(output, input) {
      if (success) toasts.show(success);
      onSuccess?.(output, input);
      return queries.invalidateQueries({ queryKey: [invalidates] });
    },
    onError(error: Error) {
      if (failure !== "in the form") showError(failure, error);
    },
  });
}
