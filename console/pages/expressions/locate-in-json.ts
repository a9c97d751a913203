export interface Range {
  start: number;
  end: number;
}

type Path = readonly (string | number)[];

/**
 * Finds the place of a path in JSON text. Of a list or object it is its name and opening bracket, of a name that is
 * missing that of the object that should have it. Null if the text is no JSON there.
 */
export function locateInJson(text: string, path: Path): Range | null {
  try {
    return locate(text, { name: skipSpace(text, 0), value: skipSpace(text, 0) }, path);
  } catch {
    return null;
  }
}

/** Where a member's name, or without one its value, starts, and where its value does. */
interface Member {
  name: number;
  value: number;
}

function locate(text: string, member: Member, [first, ...rest]: Path): Range {
  const inner = first === undefined ? undefined : findMember(text, member.value, first);
  if (inner) return locate(text, inner, rest);
  const isBranch = /[[{]/.test(text.charAt(member.value));
  return { start: member.name, end: isBranch ? member.value + 1 : endOf(text, member.value) };
}

function findMember(text: string, start: number, wanted: string | number): Member | undefined {
  for (const member of membersOf(text, start)) if (member.key === wanted) return member;
  return undefined;
}

function* membersOf(text: string, start: number): Generator<Member & { key: string | number; end: number }> {
  const isList = text.charAt(start) === "[";
  if (!isList && text.charAt(start) !== "{") return;
  let at = skipSpace(text, start + 1);
  for (let index = 0; !/[\]}]/.test(text.charAt(at)); index++) {
    const name = at;
    const afterName = isList ? at : endOf(text, at);
    const value = isList ? at : skipSpace(text, skipSpace(text, afterName) + 1);
    const end = endOf(text, value);
    yield { key: isList ? index : String(JSON.parse(text.slice(name, afterName))), name, value, end };
    const next = skipSpace(text, end);
    at = text.charAt(next) === "," ? skipSpace(text, next + 1) : next;
  }
}

/** Where the value that starts here ends. Throws at the end of the text. */
function endOf(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === "[" || first === "{") {
    let last = start + 1;
    for (const { end } of membersOf(text, start)) last = end;
    return skipSpace(text, last) + 1;
  }
  const scalar = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;
  scalar.lastIndex = start;
  const found = scalar.exec(text);
  if (!found) throw new Error("no JSON");
  return start + found[0].length;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text.charAt(at))) at++;
  if (at >= text.length) throw new Error("no JSON");
  return at;
}

/** A path as people write it: `events[0].host.name`. */
export function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index ? "." : ""}${key}`))
    .join("");
}
