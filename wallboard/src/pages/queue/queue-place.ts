/** Where somebody was in a queue, by the entry of the browser's history: Back brings them there again. */
export interface Place {
  readonly top: number;
  readonly active: string | null;
}

const MOST = 50;
const places = new Map<string, Place>();

export function rememberPlace(entry: string, place: Place): void {
  places.delete(entry);
  places.set(entry, place);
  if (places.size > MOST) places.delete(places.keys().next().value ?? '');
}

export function placeOf(entry: string): Place | null {
  return places.get(entry) ?? null;
}
