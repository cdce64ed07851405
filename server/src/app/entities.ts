import { ReferenceRevisionEntity } from '../platform/db/reference-revision.entity.ts';
import { EventLogEntity, EventLogHeadEntity, IdempotencyKeyEntity } from '../platform/event-log/event-log.entity.ts';
import { ConsumerPositionEntity } from '../platform/jobs/consumer-position.entity.ts';
import { ApiTokenEntity, PasswordResetEntity, PersonEntity, RoleGrantEntity, SessionEntity, SignInAttemptEntity } from '../features/access/access.entity.ts';
import { BoardEntity } from '../features/board/board.entity.ts';
import { DefaultViewEntity, SavedViewEntity } from '../features/board/saved-view.entity.ts';
import { CalendarEntity, CalendarVersionEntity } from '../features/calendar/calendar.entity.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, EscalationEntity, TimerEntity } from '../features/clock/clock.entity.ts';
import { CMDB_ENTITIES } from '../features/cmdb/cmdb.entity.ts';
import { CI_BASELINE_ENTITIES } from '../features/cmdb/cmdb-baseline.entity.ts';
import { REGISTER_ENTITIES } from '../features/cmdb/cmdb-register.entity.ts';
import {
  AgreementEntity, AgreementLineEntity, CustomerDateEntity, CustomerEntity, ProjectEntity, ServiceEntity, SiteEntity,
} from '../features/customer/customer.entity.ts';
import { HandoffEntity } from '../features/handoff/handoff.entity.ts';
import { ImportRejectEntity, ImportRunEntity } from '../features/import/import.entity.ts';
import { AlarmEntity, IncidentEntity, IncidentRiskEntity, OpenIncidentEntity, RegradeRequestEntity, SatisfactionEntity, SuspensionEntity } from '../features/incident/incident.entity.ts';
import { CHANGE_ENTITIES } from '../features/change/change.entity.ts';
import { RELEASE_ENTITIES } from '../features/release/release.entity.ts';
import { PROBLEM_ENTITIES } from '../features/problem/problem.entity.ts';
import { KNOWLEDGE_ENTITIES } from '../features/knowledge/knowledge.entity.ts';
import { VENDOR_ENTITIES } from '../features/vendor/vendor.entity.ts';
import { REVIEW_ENTITIES } from '../features/review/review.entity.ts';
import { NOTICE_ENTITIES } from '../features/notification/notice.entity.ts';
import { SCREEN_ENTITIES } from '../features/screen/screen.entity.ts';
import { SHIFT_HANDOVER_ENTITIES } from '../features/shift-handover/shift-handover.entity.ts';
import { METRICS_ENTITIES } from '../features/metrics/metrics.entity.ts';
import { PolicyVersionEntity } from '../features/service-level/service-level.entity.ts';
import { RosterShiftEntity, TeamEntity, TeamMemberEntity } from '../features/team/team.entity.ts';
import {
  AttachmentEntity, TicketCiEntity, TicketEntity, TicketFollowerEntity, TicketLinkEntity, TicketSpanEntity, WorkLogEntryEntity,
} from '../features/ticket/ticket.entity.ts';

/** Every table; the migration check compares them with what the migrations make. */
export const ENTITIES: readonly object[] = [
  EventLogEntity, EventLogHeadEntity, IdempotencyKeyEntity, ReferenceRevisionEntity, ConsumerPositionEntity,
  PersonEntity, RoleGrantEntity, SessionEntity, ApiTokenEntity, SignInAttemptEntity, PasswordResetEntity,
  CalendarEntity, CalendarVersionEntity,
  TeamEntity, TeamMemberEntity, RosterShiftEntity,
  PolicyVersionEntity,
  ...CMDB_ENTITIES, ...CI_BASELINE_ENTITIES, ...REGISTER_ENTITIES, ...KNOWLEDGE_ENTITIES,
  CustomerEntity, CustomerDateEntity, SiteEntity, ProjectEntity, ServiceEntity, AgreementEntity, AgreementLineEntity,
  TicketEntity, TicketSpanEntity, WorkLogEntryEntity, AttachmentEntity, TicketLinkEntity, TicketCiEntity, TicketFollowerEntity,
  ClockFactEntity, ClockEntity, ClockFiringEntity, EscalationEntity, TimerEntity,
  HandoffEntity,
  IncidentEntity, IncidentRiskEntity, OpenIncidentEntity, SuspensionEntity, RegradeRequestEntity, SatisfactionEntity, AlarmEntity,
  ...CHANGE_ENTITIES, ...PROBLEM_ENTITIES, ...RELEASE_ENTITIES, ...VENDOR_ENTITIES, ...REVIEW_ENTITIES, ...METRICS_ENTITIES,
  ...NOTICE_ENTITIES, ...SHIFT_HANDOVER_ENTITIES,
  BoardEntity, ...SCREEN_ENTITIES, SavedViewEntity, DefaultViewEntity,
  ImportRunEntity, ImportRejectEntity,
];
