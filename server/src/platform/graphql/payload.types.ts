import { Field, ObjectType } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';

@ObjectType({ description: 'Why a mutation was refused, and what would be right. Nothing was changed.' })
export class UserError {
  @Field(() => String, { description: 'Stable code, e.g. STALE_VERSION; never renamed.' })
  code!: string;

  @Field(() => String, { description: 'One sentence with the values that were wrong and what would be right.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The input field it is about.' })
  field!: string | null;

  @Field(() => GraphQLJSON, { nullable: true, description: 'Facts to act on: allowed moves, the current version, what is missing.' })
  detail!: Record<string, unknown> | null;
}
