export type Child = Node | string | null | undefined | false;
type Props = Record<string, string | boolean | undefined | ((event: Event) => void)>;

/**
 * Creates an element. Functions in `props` become event listeners, `true` sets an empty attribute, and `false` and
 * `undefined` set none. Text children are inserted as text, not markup.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props))
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (typeof value === "string") node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/**
 * Sets the children of `parent` without touching nodes that stay in place: a moved node would lose focus and scroll
 * position. Nodes that are gone are removed first, so that the others need not move.
 */
export function reconcile(parent: Element, nodes: readonly Node[]): void {
  const kept = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  let next = parent.firstChild;
  for (const node of nodes)
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
}
