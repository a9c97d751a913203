import { useMutation, useQueryClient } from "@tanstack/react-query";
import { notices, tellFault } from "../components/notices.tsx";

interface Change<Input, Output> {
  change: (input: Input) => Promise<Output>;
  /** The query that has to be read again. */
  refresh: string;
  /** What to say when it is done; a form that closes says it by itself. */
  done?: string;
  /** Where a refusal is told: beside the form's fields by the form, else as a notice that begins so. */
  failed: "in the form" | `${string}.`;
  onDone?: (output: Output) => void;
}

/** A change of the settings: done, then the list is read again and the outcome told. */
export function useChange<Input, Output>({ change, refresh, done, failed, onDone }: Change<Input, Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess(output) {
      if (done) notices.say(done);
      onDone?.(output);
      return queries.invalidateQueries({ queryKey: [refresh] });
    },
    onError(fault: Error) {
      if (failed !== "in the form") tellFault(failed, fault);
    },
  });
}
