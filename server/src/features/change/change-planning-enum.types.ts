import { registerEnumType } from 'type-graphql';

export const ConflictKindEnum = {
  SAME_CI: 'same-ci', DEPENDENT_CI: 'dependent-ci', PERSON: 'person', MISSING_PERSON: 'missing-person', FREEZE: 'freeze', MAJOR_INCIDENT: 'major-incident',
} as const;
registerEnumType(ConflictKindEnum, { name: 'ChangeConflictKind', description: 'What stands against the planned window of a change (CHG-11). DEPENDENT_CI: one depends on the other. PERSON: booked twice.' });

export const AbsenceEnum = { NOBODY: 'nobody', INACTIVE: 'inactive', OFF_ROSTER: 'off-roster' } as const;
registerEnumType(AbsenceEnum, { name: 'ChangeAbsence', description: 'Why a person is missing: nobody is named, has left, is not on the roster for all of it.' });

export const FreezeOriginEnum = { SAFEGUARD: 'safeguard', BUSINESS_PEAK: 'business-peak', CUSTOMER: 'customer', HOLIDAY: 'holiday', OTHER: 'other' } as const;
registerEnumType(FreezeOriginEnum, { name: 'FreezeOrigin', description: 'What a freeze window was made for; SAFEGUARD is a safeguard period 重大活动保障期 (SEC-03).' });

export const CabMeetingStateEnum = { PLANNED: 'planned', OPEN: 'open', CLOSED: 'closed', CANCELLED: 'cancelled' } as const;
registerEnumType(CabMeetingStateEnum, { name: 'CabMeetingState', description: 'Where a meeting of the change advisory board stands.' });

export const CabDecisionEnum = { APPROVED: 'approved', REFUSED: 'refused', DEFERRED: 'deferred' } as const;
registerEnumType(CabDecisionEnum, { name: 'CabDecision', description: 'What a meeting decided on a change; DEFERRED leaves it waiting for another meeting.' });

export const CabVoteEnum = { FOR: 'for', AGAINST: 'against', ABSTAIN: 'abstain' } as const;
registerEnumType(CabVoteEnum, { name: 'CabVoteWord', description: 'A vote; abstaining counts for the quorum only.' });

export const NoticeOccasionEnum = { APPROVED: 'approved', SCHEDULED: 'scheduled', STARTED: 'started', RESULT: 'result', OUTAGE: 'outage', CALLED_OFF: 'called-off' } as const;
registerEnumType(NoticeOccasionEnum, { name: 'ChangeNoticeOccasion', description: 'What a notice tells of (CHG-15).' });

export const NoticeAudienceEnum = { SERVICE_DESK: 'service-desk', CUSTOMER_CONTACT: 'customer-contact', CI_OWNER: 'ci-owner' } as const;
registerEnumType(NoticeAudienceEnum, { name: 'ChangeNoticeAudience', description: 'As what somebody is told (CHG-15).' });
