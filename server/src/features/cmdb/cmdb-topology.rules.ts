/** Height of a rack that its register does not tell: the usual full one. Shown as assumed, never as known. */
export const ASSUMED_RACK_UNITS = 42;
/** Height of a device that its register does not tell. */
const ASSUMED_DEVICE_UNITS = 1;
/** No rack is higher; a larger figure is a slip. */
const MOST_UNITS = 60;

export interface RackedDevice {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly status: string;
  readonly model: string | null;
  /** Lowest unit that it fills, as in the register, e.g. "4.0". */
  readonly position: string | null;
  readonly units: string | null;
}

export interface PlacedDevice extends Omit<RackedDevice, 'position' | 'units'> {
  /** Lowest unit that it fills; 1 is at the bottom. */
  readonly unit: number;
  readonly height: number;
  readonly heightAssumed: boolean;
}

export interface UnplacedDevice extends Omit<RackedDevice, 'position' | 'units'> {
  readonly reason: 'unknown' | 'outside' | 'overlap';
  /** The position that it cannot have; null when the register knows none. */
  readonly position: string | null;
}

export interface RackPlan {
  readonly units: number;
  readonly unitsAssumed: boolean;
  /** Top down. */
  readonly placed: readonly PlacedDevice[];
  /** In the rack, but the register does not say where, or says what cannot be. */
  readonly unplaced: readonly UnplacedDevice[];
}

/** Rack elevation 机柜示意图 (CMDB-07): each device at its units; what has no possible place is listed, never drawn by guess. */
export function planRack(rackUnits: string | null, devices: readonly RackedDevice[]): RackPlan {
  const known = wholeUnits(rackUnits);
  const units = known ?? ASSUMED_RACK_UNITS;
  const placed: PlacedDevice[] = [];
  const unplaced: UnplacedDevice[] = [];
  for (const { position, units: height, ...device } of devices.toSorted(byPosition)) {
    const unit = wholeUnits(position);
    const fills = wholeUnits(height);
    const place = { ...device, unit: unit ?? 0, height: fills ?? ASSUMED_DEVICE_UNITS, heightAssumed: fills === null };
    if (unit === null) unplaced.push({ ...device, position, reason: position === null || position.trim() === '' ? 'unknown' : 'outside' });
    else if (place.unit + place.height - 1 > units) unplaced.push({ ...device, position, reason: 'outside' });
    else if (placed.some((other) => overlap(place, other))) unplaced.push({ ...device, position, reason: 'overlap' });
    else placed.push(place);
  }
  return { units, unitsAssumed: known === null, placed: placed.toSorted((a, b) => b.unit - a.unit), unplaced };
}

/** Half-open [unit, unit + height). */
function overlap(a: PlacedDevice, b: PlacedDevice): boolean {
  return a.unit < b.unit + b.height && b.unit < a.unit + a.height;
}

/** "4.0" is unit 4; half units, zero and words are none. */
function wholeUnits(text: string | null): number | null {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isInteger(value) && value >= 1 && value <= MOST_UNITS ? value : null;
}

const byPosition = (a: RackedDevice, b: RackedDevice): number =>
  (Number(a.position) || 0) - (Number(b.position) || 0) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || (a.id < b.id ? -1 : 1);
