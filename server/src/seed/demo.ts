import 'reflect-metadata';
import { ENTITIES } from '../app/entities.ts';
import { BoardEntity } from '../features/board/board.entity.ts';
import { Database } from '../platform/db/database.ts';
import { createOrm } from '../platform/db/orm.ts';
import { newId } from '../platform/time/new-id.ts';
import { DEMO_SIGN_INS, seedDemoCustomers, type DemoCustomers } from './demo-customers.ts';
import { seedDemoStaff, type DemoStaff } from './demo-people.ts';
import { seedPolicy } from './policy.ts';

export interface DemoOptions {
  /** Migrated and empty. */
  readonly databaseUrl: string;
  onProgress(done: number, total: number, label: string): void;
}

/** What the demo's incidents are hung on. */
export interface DemoWorld extends DemoStaff, DemoCustomers {}

export const demoSignIns = DEMO_SIGN_INS;

/** Fills an empty database with the demo: policy, people, customers, CIs, boards and real incidents shifted to now. */
export async function loadDemo({ databaseUrl, onProgress }: DemoOptions): Promise<void> {
  const orm = await createOrm(databaseUrl, ENTITIES, 6);
  try {
    const database = new Database(orm);
    await seedPolicy(database);
    onProgress(0, 1, 'people');
    await seedDemoWorld(database);
    onProgress(1, 1, 'people');
  } finally {
    await orm.close(true);
  }
}

/** People, teams, customers and boards. */
export async function seedDemoWorld(database: Database): Promise<DemoWorld> {
  const now = await database.now();
  const staff = await seedDemoStaff(database, now);
  const customers = await seedDemoCustomers(database, staff, now);
  await seedBoards(database, staff);
  return { ...staff, ...customers };
}

async function seedBoards(database: Database, { teams }: DemoStaff): Promise<void> {
  const { em } = database;
  const board = { timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [] };
  em.persist(em.create(BoardEntity, { id: newId(), name: 'NOC', nameZh: '值班大屏', teamIds: [], position: 0, ...board }));
  const second = ['network', 'server', 'database', 'application', 'senior'].map((key) => teams[key]!);
  em.persist(em.create(BoardEntity, { id: newId(), name: 'Second line', nameZh: '二线大屏', teamIds: second, position: 1, ...board }));
  await em.flush();
}
