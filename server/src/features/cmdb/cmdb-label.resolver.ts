import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { labelOf } from './cmdb-label.queries.ts';

@ObjectType({ description: 'A printable asset label (CMDB-02).' })
export class CiLabelView {
  @Field(() => String, { description: 'Asset label, else the number in the register.' }) number!: string;
  @Field(() => String, { description: 'Name of the CI.' }) name!: string;
  @Field(() => String, { description: 'Where the QR code leads.' }) address!: string;
  @Field(() => String, { description: 'The QR code as SVG.' }) qrSvg!: string;
}

@Resolver()
export class CmdbLabelResolver {
  @Query(() => CiLabelView, { nullable: true, description: 'Label of an item, or null when there is none that you may see.' })
  ciLabel(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The CI.' }) id: string,
    @Arg('origin', () => String, { description: 'Address of this server as people reach it, e.g. https://desk.example.com.' }) origin: string,
  ): Promise<CiLabelView | null> {
    return labelOf(context.database.em, signedIn(context), { id, origin });
  }
}
