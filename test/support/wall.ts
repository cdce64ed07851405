import type { Browser, Page } from 'playwright-core';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { WALLBOARD_DIRECTORY } from '../../server/src/app/start/wallboard-build.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { openPage } from './browser.ts';
import { FaultProxy } from './fault-proxy.ts';
import { PlainDesk } from './plain-desk.ts';
import { serverProcess, type ServerProcess } from './server-process.ts';

const SERVER_PORT_ANY = 0;

/** A board with so many open incidents, a server process of its own, and a cable between them and whoever looks. */
export class Wall {
  readonly desk: PlainDesk;
  readonly ids: string[];
  readonly cable: FaultProxy;
  private readonly databaseUrl: string;
  private readonly closeDatabase: () => Promise<void>;
  server: ServerProcess;

  private constructor(parts: Pick<Wall, 'desk' | 'ids' | 'cable' | 'server'> & { databaseUrl: string; closeDatabase: () => Promise<void> }) {
    this.desk = parts.desk;
    this.ids = parts.ids;
    this.cable = parts.cable;
    this.server = parts.server;
    this.databaseUrl = parts.databaseUrl;
    this.closeDatabase = parts.closeDatabase;
  }

  /** `databaseUrl` is migrated and empty, the wallboard is built. */
  static async open(databaseUrl: string, incidents: number): Promise<Wall> {
    const orm = await createOrm(databaseUrl, ENTITIES, 12);
    const desk = await PlainDesk.open(new Database(orm), 30);
    const ids: string[] = [];
    for (let count = 1; count <= incidents; count += 1) ids.push(await desk.open({ title: `Incident ${count}`, dueInMs: HOUR + count * 1000 }));
    const server = await serverProcess(databaseUrl, { port: SERVER_PORT_ANY, wallboardDirectory: WALLBOARD_DIRECTORY });
    const cable = await FaultProxy.start({ port: Number(new URL(server.url).port) });
    return new Wall({ desk, ids, cable, server, databaseUrl, closeDatabase: () => orm.close(true) });
  }

  /** Ends the server without a word and starts another on the same port; answers when that one listens. */
  async restart(): Promise<void> {
    const port = Number(new URL(this.server.url).port);
    await this.server.end('SIGKILL');
    this.server = await serverProcess(this.databaseUrl, { port, wallboardDirectory: WALLBOARD_DIRECTORY });
  }

  /** A board behind the cable, complete. */
  async board(browser: Browser, prepare: (page: Page) => Promise<unknown> = async () => undefined): Promise<Page> {
    const page = await openPage(browser, { locale: 'en' });
    await prepare(page);
    await page.goto(await this.address());
    await page.locator('.board[data-freshness=fresh] .row').first().waitFor({ timeout: 60_000 });
    return page;
  }

  async address(): Promise<string> {
    const { plain } = await this.desk.token({ kind: 'screen', boardId: this.desk.boards.all });
    return `http://127.0.0.1:${this.cable.port}/board/${this.desk.boards.all}?lang=en&token=${plain}`;
  }

  async close(): Promise<void> {
    await this.server.end('SIGKILL');
    await this.cable.stop();
    await this.closeDatabase();
  }
}
