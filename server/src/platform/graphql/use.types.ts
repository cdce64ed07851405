import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { UseKind } from '../../kernel/use.ts';

export const RecordUseKind = { TICKET: 'ticket', HANDOFF: 'handoff', SHIFT: 'shift', SERVICE: 'service', AGREEMENT: 'agreement', CI: 'ci' } as const satisfies Record<string, UseKind>;
registerEnumType(RecordUseKind, { name: 'RecordUseKind', description: 'What may still need a record. CI: only told, it holds nothing back.' });

@ObjectType({ description: 'How many of one kind still need a record that is to go (WBD-11).' })
export class RecordUse {
  @Field(() => RecordUseKind, { description: 'What.' }) kind!: UseKind;
  @Field(() => Int, { description: 'How many.' }) count!: number;
  @Field(() => [String], { description: 'The first five by number or name.' }) names!: readonly string[];
}
