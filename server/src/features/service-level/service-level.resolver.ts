import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DeskGuide } from './desk-guide.types.ts';
import { IncidentLevel } from './level.types.ts';
import { policyVersions } from './service-level.queries.ts';
import { POLICY_FORMS } from './policy-shape.rules.ts';
import { POLICY_KEYS, proposeLevel, type Level } from './service-level.rules.ts';
import { editPolicy, policiesAt, type PoliciesInForce } from './service-level.service.ts';
import { EditPolicyInput, Policy, PolicyForm, PolicyPayload, PolicyVersion, Vocabulary } from './service-level.types.ts';
import { vocabularyOf } from './vocabulary.rules.ts';

@Resolver()
export class ServiceLevelResolver {
  @Query(() => [Policy], { description: 'Every policy document in force now.' })
  async policies(@Ctx() context: RequestContext): Promise<Policy[]> {
    requirePermission(signedIn(context), 'policy.read');
    const { policies, versions } = await inForceNow(context);
    return POLICY_KEYS.map((key) => ({ key, version: versions[key], body: policies[key] }));
  }

  @Query(() => [PolicyForm], { description: 'Every policy as a form needs it: its shape, and the words of its values in both languages.' })
  policyForms(@Ctx() context: RequestContext): readonly PolicyForm[] {
    requirePermission(signedIn(context), 'policy.read');
    return POLICY_FORMS;
  }

  @Query(() => [PolicyVersion], { description: 'The versions of a policy, newest first (SLA-13).' })
  policyVersions(
    @Ctx() context: RequestContext,
    @Arg('key', () => String, { description: 'Key, e.g. level-table.' }) key: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
  ): Promise<PolicyVersion[]> {
    return policyVersions(context.database.em, signedIn(context), { key, first });
  }

  @Query(() => IncidentLevel, { description: 'The level that impact and urgency propose (INC-04): 1 high, 2 medium, 3 low.' })
  async proposeLevel(
    @Ctx() context: RequestContext,
    @Arg('impact', () => Int, { description: '1 high – 3 low.' }) impact: number,
    @Arg('urgency', () => Int, { description: '1 high – 3 low.' }) urgency: number,
  ): Promise<Level> {
    signedIn(context);
    return proposeLevel((await inForceNow(context)).policies['priority-matrix'], impact, urgency);
  }

  @Query(() => Vocabulary, { description: 'Every enum-like word with its Chinese and English label.' })
  async vocabulary(@Ctx() context: RequestContext): Promise<Vocabulary> {
    signedIn(context);
    return vocabularyOf((await inForceNow(context)).policies);
  }

  @Query(() => DeskGuide, { description: 'Limits and templates that the desk works by (SLA-19, INC-21). Needs incident.work.' })
  async deskGuide(@Ctx() context: RequestContext): Promise<DeskGuide> {
    requirePermission(signedIn(context), 'incident.work');
    const { policies: { desk, templates } } = await inForceNow(context);
    return { callMinutes: desk.callMinutes, incidentTemplates: templates.incidents, answerTemplates: templates.answers };
  }

  @Mutation(() => PolicyPayload, { description: 'Follows a policy by a new version; open clocks plan again (SLA-13). Needs policy.edit.' })
  editPolicy(@Arg('input', () => EditPolicyInput) input: EditPolicyInput, @Ctx() context: RequestContext): Promise<PolicyPayload> {
    return payload('policyVersion', () => editPolicy(context.database, signedIn(context), input));
  }
}

async function inForceNow({ database }: RequestContext): Promise<PoliciesInForce> {
  const em = database.em;
  return policiesAt(database, em, await database.time.read(em));
}
