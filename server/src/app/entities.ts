import { ReferenceRevisionEntity } from '../platform/db/reference-revision.entity.ts';
import { EventLogEntity, EventLogHeadEntity, IdempotencyKeyEntity } from '../platform/event-log/event-log.entity.ts';
import { ApiTokenEntity, PersonEntity, RoleGrantEntity, SessionEntity, SignInAttemptEntity } from '../features/access/access.entity.ts';
import { BoardEntity } from '../features/board/board.entity.ts';
import { CalendarEntity, CalendarVersionEntity } from '../features/calendar/calendar.entity.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, EscalationEntity, TimerEntity } from '../features/clock/clock.entity.ts';
import { CiEntity, CiRelationEntity } from '../features/cmdb/cmdb.entity.ts';
import {
  AgreementEntity, AgreementLineEntity, CustomerDateEntity, CustomerEntity, ProjectEntity, ServiceEntity, SiteEntity,
} from '../features/customer/customer.entity.ts';
import { HandoffEntity } from '../features/handoff/handoff.entity.ts';
import { ImportRejectEntity, ImportRunEntity } from '../features/import/import.entity.ts';
import { IncidentEntity, RegradeRequestEntity, SatisfactionEntity, SuspensionEntity } from '../features/incident/incident.entity.ts';
import { PolicyVersionEntity } from '../features/service-level/service-level.entity.ts';
import { RosterShiftEntity, TeamEntity, TeamMemberEntity } from '../features/team/team.entity.ts';
import {
  AttachmentEntity, TicketCiEntity, TicketEntity, TicketLinkEntity, TicketSpanEntity, WorkLogEntryEntity,
} from '../features/ticket/ticket.entity.ts';

/** Every table; the migration check compares them with what the migrations make. */
export const ENTITIES = [
  EventLogEntity, EventLogHeadEntity, IdempotencyKeyEntity, ReferenceRevisionEntity,
  PersonEntity, RoleGrantEntity, SessionEntity, ApiTokenEntity, SignInAttemptEntity,
  CalendarEntity, CalendarVersionEntity,
  TeamEntity, TeamMemberEntity, RosterShiftEntity,
  PolicyVersionEntity,
  CiEntity, CiRelationEntity,
  CustomerEntity, CustomerDateEntity, SiteEntity, ProjectEntity, ServiceEntity, AgreementEntity, AgreementLineEntity,
  TicketEntity, TicketSpanEntity, WorkLogEntryEntity, AttachmentEntity, TicketLinkEntity, TicketCiEntity,
  ClockFactEntity, ClockEntity, ClockFiringEntity, EscalationEntity, TimerEntity,
  HandoffEntity,
  IncidentEntity, SuspensionEntity, RegradeRequestEntity, SatisfactionEntity,
  BoardEntity,
  ImportRunEntity, ImportRejectEntity,
];
