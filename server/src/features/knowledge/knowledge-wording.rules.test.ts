import { describe, expect, test } from 'vitest';
import { bareName, stoppingFindings, wordingFindings } from './knowledge-wording.rules.ts';

const NAMES = { customers: ['浦东重工', 'Globex'], people: ['张文博', 'Ann Li'], watermarks: ['转载自', 'CSDN'] };
const found = (solution: string): string[] => wordingFindings({ symptom: '', cause: '', solution, prevention: '' }, NAMES).map(({ kind, word }) => `${kind} ${word}`);

describe('KNW-04 wording of the handling', () => {
  test('KNW-04 customers and people by name, whatever the case; a name within a word is none', () => {
    expect(found('浦东重工和globex都这样，Ann Li与张文博处理')).toEqual(['customer 浦东重工', 'customer globex', 'person Ann Li', 'person 张文博']);
    expect(found('globexport and joann lincoln')).toEqual([]);
  });

  test('KNW-04 how people are called', () => {
    expect(found('请王工检查，李经理确认。联系陈女士，客户的赵工在场')).toEqual(['person 王工', 'person 李经理', 'person 陈女士', 'person 赵工']);
    expect(found('Ask Mr. Smith or Ms Brown')).toEqual(['person Mr. Smith', 'person Ms Brown']);
  });

  test('KNW-04 正常工作, 项目经理, 总线 and 工具 call nobody', () => {
    expect(found('恢复正常工作。由项目经理审批。检查金总线与于工具箱。高工具备资质')).toEqual([]);
  });

  test.each([
    '2026-03-01', '2026/3/1', '2026.03.01', '2026年3月1日', '3月1日', '3月1号', '2026年3月', '10:30', '10:30:15', '23:59', '上午10点', '10点30分', '晚上8点半', '10时20分', 'March 1, 2026', '1 March 2026', 'Mar 1st', '昨天', '上周五', 'Yesterday',
    '2026-03-01 10:30', '2026-03-01T10:30:00',
  ])('KNW-04 "%s" is a date or time', (text) => {
    expect(found(`在 ${text} 修改`)).toEqual([`date-time ${text}`]);
  });

  test.each(['SQL Server 2019', '版本10.5.1', '00:1A:2B:3C:4D:5E', 'fe80::1:20', '24:00', '端口8080', '内存16 GB', '3个月', 'KB5005565', '192.168.10.30', 'host:22:30', '等待10分钟', 'May be wrong'])(
    'KNW-04 "%s" is neither', (text) => {
      expect(found(`用 ${text} 处理`)).toEqual([]);
    });

  test('KNW-04 question and answer', () => {
    expect(found('问：打不开怎么办\n答: 重启')).toEqual(['question-answer 问：', 'question-answer 答:']);
    expect(found('Q: why? A: because')).toEqual(['question-answer Q:', 'question-answer A:']);
    expect(found('Q1：第一步')).toEqual(['question-answer Q1：']);
    expect(found('可以访问：http://x 与 A:\\setup.exe，注意回答：不要')).toEqual([]);
  });

  test('KNW-04 marks of others, from the policy', () => {
    expect(found('本文转载自csdn博客')).toEqual(['watermark 转载自', 'watermark csdn']);
  });

  test('KNW-04 place, part and weight of each; a longer one swallows what lies in it', () => {
    const text = { symptom: '昨天坏了', cause: '见2026-03-01 10:30的日志', solution: '', prevention: '' };
    const findings = wordingFindings(text, NAMES);
    expect(findings).toEqual([
      { kind: 'date-time', word: '昨天', part: 'symptom', start: 0, end: 2, stops: false },
      { kind: 'date-time', word: '2026-03-01 10:30', part: 'cause', start: 1, end: 17, stops: true },
    ]);
    expect(stoppingFindings(findings, [])).toHaveLength(1);
    expect(stoppingFindings(findings, ['2026-03-01 10:30'])).toEqual([]);
    expect(stoppingFindings(findings, ['2026-03-01'])).toHaveLength(1);
  });

  test('KNW-04 what stands in brackets is no part of a name', () => {
    expect([bareName('冯宇（厂商接口）'), bareName('Ann Li (desk)'), bareName('王海涛')]).toEqual(['冯宇', 'Ann Li', '王海涛']);
  });
});
