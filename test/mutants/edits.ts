import { child, children, type Node } from "./syntax.ts";

/** A small change of a file's text. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

const opposite: Record<string, string> = {
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
};
/** Calls that a chain goes on without, as `names.filter(f)` becomes `names`. */
const droppable = new Set(["filter", "sort", "toSorted", "reverse", "toReversed", "trim", "toLowerCase"]);
/** The same for queries written with Kysely. */
export const droppableInQueries = new Set(["where", "forUpdate"]);
const swappable: Record<string, string> = { some: "every", every: "some", min: "max", max: "min" };
const leaves = new Set(["ReturnStatement", "ThrowStatement", "ContinueStatement", "BreakStatement"]);

/** The changes to try at one node of the syntax tree. */
export function editsAt(node: Node, text: string): Edit[] {
  const slice = ({ start, end }: Node) => text.slice(start, end);
  const become = (replacement: string): Edit => ({ start: node.start, end: node.end, text: replacement });
  switch (node.type) {
    case "BinaryExpression":
      return swapOperator(node, text);
    case "LogicalExpression":
      return dropOperand(node).map((kept) => become(slice(kept)));
    case "UnaryExpression": {
      const argument = child(node, "argument");
      return node.operator === "!" && argument ? [become(slice(argument))] : [];
    }
    case "ConditionalExpression":
      return ["consequent", "alternate"].flatMap((field) => {
        const branch = child(node, field);
        return branch ? [become(slice(branch))] : [];
      });
    case "IfStatement":
      return neverOrGone(node);
    case "ExpressionStatement":
      return isCall(node) && !/\b(?:log|meter)\b/.test(slice(node)) ? [become("")] : [];
    case "CallExpression":
      return changeCall(node, text);
    case "Literal":
      return changeLiteral(node).map(become);
    default:
      return [];
  }
}

function swapOperator(node: Node, text: string): Edit[] {
  const [left, right] = [child(node, "left"), child(node, "right")];
  const swapped = opposite[String(node.operator)];
  if (!left || !right || !swapped) return [];
  const joinsText = [left, right].some(
    ({ type, value }) => type === "TemplateLiteral" || typeof value === "string",
  );
  if (node.operator === "+" && joinsText) return [];
  const between = text.slice(left.end, right.start).replace(String(node.operator), swapped);
  return [{ start: left.end, end: right.start, text: between }];
}

/** The operands that a condition may be reduced to. A default such as `?? null` stays. */
function dropOperand(node: Node): Node[] {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (!left || !right) return [];
  if (node.operator !== "??") return [left, right];
  return right.type === "CallExpression" || right.type === "AwaitExpression" ? [left] : [];
}

/** A guard is removed; another condition never holds. */
function neverOrGone(node: Node): Edit[] {
  const [test, consequent] = [child(node, "test"), child(node, "consequent")];
  if (!test || !consequent) return [];
  const last = consequent.type === "BlockStatement" ? children(consequent, "body").at(-1) : consequent;
  const isGuard = node.alternate === null && last !== undefined && leaves.has(last.type);
  if (isGuard) return [{ start: node.start, end: node.end, text: ";" }];
  return [{ start: test.start, end: test.end, text: "false" }];
}

function isCall(statement: Node): boolean {
  const expression = child(statement, "expression");
  const called = expression?.type === "AwaitExpression" ? child(expression, "argument") : expression;
  return called?.type === "CallExpression";
}

function changeCall(node: Node, text: string): Edit[] {
  const [callee, args] = [child(node, "callee"), children(node, "arguments")];
  if (callee?.type === "Identifier") return weakenAccess(callee, args[0]);
  if (callee?.type !== "MemberExpression") return [];
  const [object, property] = [child(callee, "object"), child(callee, "property")];
  const name = String(property?.name);
  if (!object || !property) return [];
  if (droppable.has(name) || droppableInQueries.has(name))
    return [{ start: node.start, end: node.end, text: text.slice(object.start, object.end) }];
  const swapped = swappable[name];
  const isSwappable = name === "some" || name === "every" || object.name === "Math";
  return swapped && isSwappable ? [{ start: property.start, end: property.end, text: swapped }] : [];
}

/** `requires("View Users")` becomes `requires("signed in")`, which becomes `requires("anyone")`. */
function weakenAccess({ name }: Node, access: Node | undefined): Edit[] {
  if (name !== "requires" || typeof access?.value !== "string" || access.value === "anyone") return [];
  const weaker = access.value === "signed in" ? "anyone" : "signed in";
  return [{ start: access.start, end: access.end, text: JSON.stringify(weaker) }];
}

/** A switch is flipped; a number of at least 2 is changed by the factor 10 or 1/10. HTTP statuses and 1024 stay. */
function changeLiteral({ value }: Node): string[] {
  if (typeof value === "boolean") return [String(!value)];
  if (typeof value !== "number" || value < 2 || (value >= 200 && value < 600) || value === 1024) return [];
  return [String(value * 10), ...(value >= 10 ? [String(Math.floor(value / 10))] : [])];
}
