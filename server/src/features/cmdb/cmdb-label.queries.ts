import { renderSVG } from 'uqr';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { cisById } from './cmdb.queries.ts';

export interface CiLabel {
  /** What is printed below the picture. */
  readonly number: string;
  readonly name: string;
  /** Where the picture leads. */
  readonly address: string;
  /** The QR code as SVG, black on white, without script. */
  readonly qrSvg: string;
}

const MOST_ADDRESS = 200;

/** The printable label of an item (CMDB-02): its asset number and a QR code that opens its page. `origin` is where the asker reaches this server. */
export async function labelOf(em: Em, actor: Actor, { id, origin }: { readonly id: string; readonly origin: string }): Promise<CiLabel | null> {
  const ci = (await cisById(em, actor, [id])).get(id);
  if (!ci) return null;
  const address = `${checkedOrigin(origin)}/cmdb/ci/${ci.id}`;
  return { number: ci.assetLabel || ci.externalId || ci.id.slice(-12), name: ci.name, address, qrSvg: renderSVG(address, { ecc: 'M', border: 2 }) };
}

function checkedOrigin(origin: string): string {
  const parsed = origin.length <= MOST_ADDRESS && URL.canParse(origin) ? new URL(origin) : null;
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.origin === origin) return origin;
  throw new Refusal('INVALID_INPUT', `"origin" must be a web address without a path such as https://desk.example.com, got "${origin.slice(0, MOST_ADDRESS)}".`, 'origin');
}
