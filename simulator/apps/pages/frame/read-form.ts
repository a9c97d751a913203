/** What a field of a form holds, without the blanks around it; nothing where it is empty or a file. */
export function read(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Every value that was sent under a name. */
export const readAll = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === "string");
