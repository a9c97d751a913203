import { type ChangeEvent, useState } from "react";
import { fieldErrors } from "./field-errors.ts";

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
