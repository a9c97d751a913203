const jsonNumber = /^-?(0|[1-9]\d*)(?:\.(\d+))?(?:e([+-]?\d{1,9}))?$/i;

/**
 * Whether JavaScript would lose digits of a number in JSON: of an integer that is not safe (identifiers of 64 bits), of
 * a decimal with more digits than a double has, or of what is out of its range. False for what is no number.
 */
export function losesDigits(number: string): boolean {
  if (!jsonNumber.test(number)) return false;
  const value = Number(number);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return true;
  return significant(number) !== significant(String(value));
}

/** The same for all notations of a number: its digits without zeros at either end, and the power of ten. */
function significant(number: string): string {
  const [, whole = "", fraction = "", exponent = "0"] = jsonNumber.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  if (trimmed === "") return "0";
  return `${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}
