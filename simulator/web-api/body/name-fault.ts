const name = /^\w{1,255}$/;
const phpArray = /^\w+\[.*\]$/;

/** What Slack says about the names of arguments: letters, digits and `_`, and no lists as PHP writes them. */
export function nameFault(names: readonly string[]): "invalid_arg_name" | "invalid_array_arg" | undefined {
  const odd = names.find((one) => !name.test(one));
  if (odd === undefined) return undefined;
  return phpArray.test(odd) ? "invalid_array_arg" : "invalid_arg_name";
}
