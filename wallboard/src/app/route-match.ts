export type Params = Readonly<Record<string, string | undefined>>;

interface Match {
  /** What the routes further in no longer see. */
  readonly taken: string;
  readonly params: Params;
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** Whether an address fits a route: `cab/:number` part by part, `cab/*` whatever follows it, `*` everything. */
export function matchOf(route: string, address: string): Match | null {
  const wanted = partsOf(route);
  const there = partsOf(address);
  const isOpen = wanted.at(-1) === '*';
  if (isOpen) wanted.pop();
  if (isOpen ? there.length < wanted.length : there.length !== wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const found = decoded(there[at]!);
    if (part.startsWith(':')) params[part.slice(1)] = found;
    else if (part.toLowerCase() !== found.toLowerCase()) return null;
  }
  return { taken: there.slice(0, wanted.length).map((part) => `/${part}`).join(''), params };
}

/** A percent sign that encodes nothing stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
