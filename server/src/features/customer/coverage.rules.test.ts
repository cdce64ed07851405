import { describe, expect, test } from 'vitest';
import { chooseCoverage, type LineFacts } from './coverage.rules.ts';

const FROM = Date.parse('2026-01-01T00:00:00+08:00');
const TO = Date.parse('2027-01-01T00:00:00+08:00');
const agreement = (id: string, startsAt = FROM, endsAt = TO) => ({ id, startsAt, endsAt });
const line = (id: string, named: Partial<LineFacts> = {}, agreementId = 'A'): LineFacts => ({ id, agreementId, serviceId: null, siteId: null, department: null, ciId: null, ...named });
const query = { customerId: 'C', at: FROM };

describe('AGR-08 the line that applies', () => {
  test('AGR-03 an agreement holds on its first instant and no longer at its end', () => {
    const at = (instant: number) => chooseCoverage([agreement('A')], [], { ...query, at: instant });
    expect(at(FROM - 1)).toBeNull();
    expect(at(FROM)).toEqual({ agreementId: 'A', lineId: null });
    expect(at(TO - 1)).toEqual({ agreementId: 'A', lineId: null });
    expect(at(TO)).toBeNull();
  });

  test('AGR-08 CI before department, department before site, site before service, service before general', () => {
    const lines = [line('1'), line('2', { serviceId: 'mail' }), line('3', { siteId: 'pudong' }), line('4', { department: 'finance' }), line('5', { ciId: 'db1' })];
    const chosen = (more: object) => chooseCoverage([agreement('A')], lines, { ...query, ...more })?.lineId;
    expect(chosen({ serviceId: 'mail', siteId: 'pudong', department: 'finance', ciId: 'db1' })).toBe('5');
    expect(chosen({ serviceId: 'mail', siteId: 'pudong', department: 'finance', ciId: 'db2' })).toBe('4');
    expect(chosen({ serviceId: 'mail', siteId: 'pudong' })).toBe('3');
    expect(chosen({ serviceId: 'mail' })).toBe('2');
    expect(chosen({ serviceId: 'erp' })).toBe('1');
  });

  test('AGR-08 a CI line outweighs department, site and service together; naming more decides among CI lines', () => {
    const lines = [line('1', { serviceId: 'mail', siteId: 'pudong', department: 'finance' }), line('2', { ciId: 'db1' })];
    const all = { ...query, serviceId: 'mail', siteId: 'pudong', department: 'finance', ciId: 'db1' };
    expect(chooseCoverage([agreement('A')], lines, all)?.lineId).toBe('2');
    expect(chooseCoverage([agreement('A')], [...lines, line('3', { ciId: 'db1', serviceId: 'mail' })], all)?.lineId).toBe('3');
    expect(chooseCoverage([agreement('A')], [...lines, line('3', { ciId: 'db1', serviceId: 'erp' })], all)?.lineId).toBe('2');
  });

  test('AGR-08 equal lines: the smaller id, whatever their order; of two agreements the later begun', () => {
    expect(chooseCoverage([agreement('A')], [line('b'), line('a')], query)?.lineId).toBe('a');
    const renewed = agreement('B', FROM + 1);
    expect(chooseCoverage([agreement('A'), renewed], [], { ...query, at: FROM })?.agreementId).toBe('A');
    expect(chooseCoverage([agreement('A'), renewed], [], { ...query, at: FROM + 1 })?.agreementId).toBe('B');
    expect(chooseCoverage([agreement('B'), agreement('A')], [], query)?.agreementId).toBe('A');
  });

  test('INC-23 a service that no line names is not covered; one not known yet is', () => {
    const lines = [line('1', { serviceId: 'mail' })];
    expect(chooseCoverage([agreement('A')], lines, { ...query, serviceId: 'erp' })).toBeNull();
    expect(chooseCoverage([agreement('A')], lines, query)).toEqual({ agreementId: 'A', lineId: null });
  });
});
