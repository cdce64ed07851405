/** What is used of JSON Schema, as the server prints the shapes of policies. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

export type ShapeKind = 'target' | 'number' | 'flag' | 'choice' | 'text' | 'grid' | 'numbers' | 'words' | 'list' | 'same' | 'object';

/** Without "or nothing". */
export function innerShape(shape: Shape): { readonly shape: Shape; readonly optional: boolean } {
  const others = shape.anyOf?.filter(({ type }) => type !== 'null');
  return others?.length === 1 && shape.anyOf?.length === 2 ? { shape: others[0] ?? {}, optional: true } : isTargetOrNothing(others ?? []) && others?.length !== shape.anyOf?.length ? { shape: { anyOf: others ?? [] }, optional: true } : { shape, optional: false };
}

const isTargetOrNothing = (shapes: readonly Shape[]): boolean => shapes.length === 2 && shapes.some(({ properties }) => properties?.['minutes'] !== undefined) && shapes.some(({ properties }) => properties?.['workingDays'] !== undefined);

/** Which control a value is edited in. */
export function kindOf(shape: Shape): ShapeKind {
  if (shape.anyOf !== undefined && isTargetOrNothing(shape.anyOf)) return 'target';
  if (shape.enum !== undefined) return 'choice';
  switch (shape.type) {
    case 'integer': case 'number': return 'number';
    case 'boolean': return 'flag';
    case 'array': return kindOfList(shape.items ?? {});
    case 'object': return isSame(shape) ? 'same' : 'object';
    default: return 'text';
  }
}

function kindOfList(items: Shape): ShapeKind {
  if (items.type === 'array') return 'grid';
  if (items.type === 'integer' || items.type === 'number') return 'numbers';
  return items.type === 'string' || items.enum !== undefined ? 'words' : 'list';
}

/** Several things of one shape, such as the four levels: shown side by side. */
function isSame({ properties = {} }: Shape): boolean {
  const shapes = Object.values(properties).map((one) => JSON.stringify(one));
  return shapes.length > 2 && Object.values(properties).every(({ type }) => type === 'object') && new Set(shapes).size === 1;
}

/** A value of that shape to begin with. */
export function blankOf(given: Shape): unknown {
  const { shape, optional } = innerShape(given);
  if (optional) return null;
  switch (kindOf(shape)) {
    case 'target': return { minutes: 60 };
    case 'number': return shape.minimum ?? 1;
    case 'flag': return false;
    case 'choice': return shape.enum?.[0] ?? '';
    case 'text': return '';
    case 'grid': case 'numbers': case 'words': case 'list': return [];
    case 'same': case 'object': return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([key, inner]) => [key, blankOf(inner)]));
  }
}
