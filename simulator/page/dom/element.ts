export type Child = Node | string | null | undefined | false;
type Props = Record<string, string | boolean | undefined | ((event: Event) => void)>;

/**
 * Makes an element. Functions in `props` listen to the event of that name, `true` sets an empty attribute,
 * `false` and `undefined` none. Children that are text stay text.
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
 * Makes `parent` hold exactly these nodes in this order, without touching those that stay where they are: a node that
 * is moved loses the focus and where it was scrolled to. So what goes away goes first.
 */
export function reconcile(parent: Element, nodes: readonly Node[]): void {
  const staying = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!staying.has(node)) node.remove();
  let next = parent.firstChild;
  for (const node of nodes)
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
}
