import { type ChangeEvent, useState } from "react";
import { ApiError } from "../api/request.ts";

type StringKeys<V> = { [K in keyof V]: V[K] extends string ? K : never }[keyof V] & string;
type TextEvent = ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;

/**
 * The values of a form, with props for each kind of input. `error` is the API's last error; each field shows
 * its own part of it until its value changes.
 */
export function useFields<V extends object>(initial: V, error?: Error | null) {
  const [values, setValues] = useState(initial);
  const [touched, setTouched] = useState<{ error: unknown; names: string[] }>({ error: null, names: [] });
  const errors = fieldErrors(error);

  const setValue = (name: string, value: unknown) => {
    setValues((before) => ({ ...before, [name]: value }));
    setTouched((before) => ({ error, names: before.error === error ? [...before.names, name] : [name] }));
  };
  const errorAt = (name: string) =>
    touched.error === error && touched.names.includes(name) ? undefined : errors.get(name);

  return {
    values,
    /** Sets values that were sent back to the initial ones, but not those that somebody has changed meanwhile. */
    reset: (sent: Partial<V>, names: readonly string[] = Object.keys(sent)) =>
      setValues((now) => {
        const same = names.filter((name) => valueAt(now, name) === valueAt(sent, name));
        return { ...now, ...Object.fromEntries(same.map((name) => [name, valueAt(initial, name)])) };
      }),
    set: <K extends keyof V & string>(name: K, value: V[K]) => setValue(name, value),
    errorAt,
    /** Errors inside a list field, by position and name: `0.url`. */
    errorsIn: (name: string) =>
      errorAt(name) === undefined ? new Map<string, string>() : fieldErrors(error, name),
    /** Props for inputs whose onChange gets an event. */
    text: <K extends StringKeys<V>>(name: K) => ({
      name,
      value: values[name],
      error: errorAt(name),
      onChange: (event: TextEvent) => setValue(name, event.currentTarget.value),
    }),
    /** Props for inputs whose onChange gets the value. */
    choice: <K extends keyof V & string>(name: K) => ({
      value: values[name],
      error: errorAt(name),
      onChange: (value: V[K]) => setValue(name, value),
    }),
    /** Props for a Select. The null it reports when it is deselected is ignored. */
    pick: <K extends keyof V & string>(name: K) => ({
      value: values[name],
      error: errorAt(name),
      onChange: (value: V[K] | null) => {
        if (value !== null) setValue(name, value);
      },
    }),
  };
}

function valueAt(values: object, name: string): unknown {
  return new Map(Object.entries(values)).get(name);
}

/**
 * The API's errors by field; all errors inside a list, such as `logTypes.0`, are joined under `logTypes`. With
 * `within`, only the errors inside that field, by the rest of their path: `0.url`, or an empty string.
 */
export function fieldErrors(error: Error | null | undefined, within?: string): Map<string, string> {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const byField = new Map<string, string>();
  for (const { field, detail } of errors) {
    const [root = field, ...rest] = partsOf(field);
    if (within !== undefined && root !== within) continue;
    const key = within === undefined ? root : rest.join(".");
    byField.set(key, [byField.get(key), sentenceOf(detail)].filter(Boolean).join(" "));
  }
  return byField;
}

/** The parts of the path of a field in the API: `links[1].url` has three. */
export function partsOf(field: string): string[] {
  return field.split(/[.[\]/]/).filter((part) => part !== "" && part !== "body");
}

/** An email address at the start keeps its case. */
function sentenceOf(detail: string): string {
  return /^\S+@/.test(detail) ? detail : detail.charAt(0).toUpperCase() + detail.slice(1);
}

/** The result of `useFields` for a form with these values. */
export type FormFields<V extends object> = ReturnType<typeof useFields<V>>;
