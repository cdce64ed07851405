/** Starts the pages for people at a desk. */
export function mountDesk(root: HTMLElement): void {
  root.textContent = 'desk';
}
