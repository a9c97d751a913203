import { type ChangeEvent, useState } from "react";
import { ApiFault } from "../api/request.ts";

type StringKeys<V> = { [K in keyof V]: V[K] extends string ? K : never }[keyof V] & string;
type TextEvent = ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;

/**
 * The values of a form, with what each kind of input needs. `fault` is the API's last answer: its errors stand
 * at their fields until one types there.
 */
export function useFields<V extends object>(initial: V, fault?: Error | null) {
  const [values, setValues] = useState(initial);
  const [touched, setTouched] = useState<{ fault: unknown; names: string[] }>({ fault: null, names: [] });
  const errors = fieldErrors(fault);

  const put = (name: string, value: unknown) => {
    setValues((before) => ({ ...before, [name]: value }));
    setTouched((before) => ({ fault, names: before.fault === fault ? [...before.names, name] : [name] }));
  };
  const errorAt = (name: string) =>
    touched.fault === fault && touched.names.includes(name) ? undefined : errors.get(name);

  return {
    values,
    set: <K extends keyof V & string>(name: K, value: V[K]) => put(name, value),
    errorAt,
    /** What is wrong within a field that holds several, by what follows its name, as `0.url`. */
    errorsIn: (name: string) =>
      errorAt(name) === undefined ? new Map<string, string>() : fieldErrors(fault, name),
    /** For inputs that tell an event. */
    text: <K extends StringKeys<V>>(name: K) => ({
      name,
      value: values[name],
      error: errorAt(name),
      onChange: (event: TextEvent) => put(name, event.currentTarget.value),
    }),
    /** For inputs that tell the value itself. */
    choice: <K extends keyof V & string>(name: K) => ({
      value: values[name],
      error: errorAt(name),
      onChange: (value: V[K]) => put(name, value),
    }),
    /** For a Select, which tells null when nothing is chosen: then the value stays. */
    pick: <K extends keyof V & string>(name: K) => ({
      value: values[name],
      error: errorAt(name),
      onChange: (value: V[K] | null) => {
        if (value !== null) put(name, value);
      },
    }),
  };
}

/**
 * What the API says is wrong, by field; of `logTypes.0` the form knows only `logTypes`, with all that is wrong
 * in it. With `within`, only what is wrong in that field, by what follows its name: `0.url`, or nothing.
 */
export function fieldErrors(fault: Error | null | undefined, within?: string): Map<string, string> {
  const errors = fault instanceof ApiFault ? (fault.problem.errors ?? []) : [];
  const told = new Map<string, string>();
  for (const { field, detail } of errors) {
    const [root = field, ...rest] = partsOf(field);
    if (within !== undefined && root !== within) continue;
    const at = within === undefined ? root : rest.join(".");
    told.set(at, [told.get(at), sentenceOf(detail)].filter(Boolean).join(" "));
  }
  return told;
}

function partsOf(field: string): string[] {
  return field.split(/[.[\]/]/).filter((part) => part !== "" && part !== "body");
}

/** Whoever is named by e-mail is written as they are. */
function sentenceOf(detail: string): string {
  return /^\S+@/.test(detail) ? detail : detail.charAt(0).toUpperCase() + detail.slice(1);
}

/** What `useFields` gives a form of these values. */
export type FormFields<V extends object> = ReturnType<typeof useFields<V>>;
