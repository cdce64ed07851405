import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { allowRelation, defineAttribute, defineClass, defineRelationType } from './cmdb-class-edit.service.ts';
import { AllowCiRelationInput, DefineCiAttributeInput, DefineCiClassInput, DefineCiRelationTypeInput } from './cmdb-class.inputs.ts';
import { classesFor, relationTypesFor } from './cmdb-class.queries.ts';
import { CiClassView, CiRelationTypeView } from './cmdb-class.types.ts';

@ObjectType({ description: 'Answer to an edit of classes or relation rules.' })
class CiModelPayload {
  @Field(() => String, { nullable: true, description: 'Key of the class or type that was edited.' }) key!: string | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

@Resolver()
export class CmdbClassResolver {
  @Query(() => [CiClassView], { description: 'The class tree of configuration items (CMDB-01).' })
  ciClasses(@Ctx() context: RequestContext): Promise<CiClassView[]> {
    return classesFor(context.database.em, signedIn(context));
  }

  @Query(() => [CiRelationTypeView], { description: 'The types of relations and which classes may have them (CMDB-03).' })
  ciRelationTypes(@Ctx() context: RequestContext): Promise<CiRelationTypeView[]> {
    return relationTypesFor(context.database.em, signedIn(context));
  }

  @Mutation(() => CiModelPayload, { description: 'Adds a class (CMDB-01). Needs cmdb.control.' })
  defineCiClass(@Arg('input', () => DefineCiClassInput) input: DefineCiClassInput, @Ctx() context: RequestContext): Promise<CiModelPayload> {
    return payload('key', () => context.database.change(signedIn(context), (change) => defineClass(change, input)));
  }

  @Mutation(() => CiModelPayload, { description: 'Adds an attribute to a class (CMDB-01). Needs cmdb.control.' })
  defineCiAttribute(@Arg('input', () => DefineCiAttributeInput) input: DefineCiAttributeInput, @Ctx() context: RequestContext): Promise<CiModelPayload> {
    return payload('key', () => context.database.change(signedIn(context), (change) => defineAttribute(change, input)));
  }

  @Mutation(() => CiModelPayload, { description: 'Adds a type of relation (CMDB-03). Needs cmdb.control.' })
  defineCiRelationType(@Arg('input', () => DefineCiRelationTypeInput) input: DefineCiRelationTypeInput, @Ctx() context: RequestContext): Promise<CiModelPayload> {
    return payload('key', () => context.database.change(signedIn(context), (change) => defineRelationType(change, input)));
  }

  @Mutation(() => CiModelPayload, { description: 'Allows a type of relation between two classes (CMDB-03). Needs cmdb.control.' })
  allowCiRelation(@Arg('input', () => AllowCiRelationInput) input: AllowCiRelationInput, @Ctx() context: RequestContext): Promise<CiModelPayload> {
    return payload('key', () => context.database.change(signedIn(context), (change) => allowRelation(change, input)));
  }
}
