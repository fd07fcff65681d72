/**
 * Element Plus names an option that is not there while none of a list is marked; a screen reader would look for it.
 * The name is taken away until there is something to name.
 */
const NAME = 'aria-activedescendant'

export function mendNames(root: Element = document.documentElement): void {
  const mend = (element: Element): void => {
    const id = element.getAttribute(NAME)
    if (id && !document.getElementById(id)) element.removeAttribute(NAME)
  }
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'attributes') mend(change.target as Element)
      for (const node of change.addedNodes)
        if (node instanceof Element) for (const one of [node, ...node.querySelectorAll(`[${NAME}]`)]) mend(one)
    }
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: [NAME] })
}
