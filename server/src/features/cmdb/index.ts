import type { FeatureManifest } from '../../kernel/feature.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { CmdbAlterResolver } from './cmdb-alter.resolver.ts';
import { proposeCensuses } from './cmdb-census-propose.service.ts';
import { CmdbCensusResolver } from './cmdb-census.resolver.ts';
import { CmdbClassResolver } from './cmdb-class.resolver.ts';
import { CmdbHistoryResolver } from './cmdb-history.resolver.ts';
import { CmdbImpactResolver } from './cmdb-impact.resolver.ts';
import { CmdbLabelResolver } from './cmdb-label.resolver.ts';
import { exportRegister } from './cmdb-register-export.service.ts';
import { CmdbRegisterImportResolver } from './cmdb-register-import.resolver.ts';
import { proposeRegister } from './cmdb-register-import.service.ts';
import { CmdbRegisterResolver } from './cmdb-register.resolver.ts';
import { CmdbTopologyResolver } from './cmdb-topology.resolver.ts';
import { exportReport } from './cmdb-report-export.service.ts';
import { CmdbReportResolver } from './cmdb-report.resolver.ts';
import { followServices } from './cmdb-service.service.ts';
import { cisById } from './cmdb.queries.ts';
import { CiResolver } from './cmdb.resolver.ts';

/** The register's half (CMDB-07, CMDB-08, CMDB-10) stands in the second line. */
export const cmdbFeature: FeatureManifest = {
  name: 'cmdb',
  resolvers: [
    CiResolver, CmdbImpactResolver, CmdbAlterResolver, CmdbClassResolver, CmdbHistoryResolver,
    CmdbTopologyResolver, CmdbLabelResolver, CmdbRegisterResolver, CmdbRegisterImportResolver, CmdbCensusResolver, CmdbReportResolver,
  ],
  consumers: [{ name: 'cmdb services', types: ['service.created'], consume: (_, change, events) => followServices(change as Change, events as LoggedEvent[]) }],
  nodes: [nodeKind('Ci', 'cmdb.read', cisById)],
  chores: [{ name: 'propose-censuses', everyMinutes: 60, run: (database) => proposeCensuses(database as Database) }],
  downloads: [{
    // ?kind=ci|servers|ports&format=csv|xlsx&lang=zh-CN|en, narrowed by customer, site, class, life and q.
    name: 'cmdb-register',
    make: (context, { kind = 'ci', format = 'xlsx', lang = 'zh-CN', customer, site, class: classes, life, q }) => {
      const filter = { search: q ?? null, site: site ?? null, customerIds: listOf(customer), classes: listOf(classes), lives: listOf(life) };
      return exportRegister((context as RequestContext).database.em, signedIn(context as RequestContext), { kind, format, language: lang, filter });
    },
  }, {
    // ?id=REPORT&format=csv|xlsx&lang=zh-CN|en
    name: 'ci-status-report',
    make: (context, { id = '', format = 'xlsx', lang = 'zh-CN' }) =>
      exportReport((context as RequestContext).database.em, signedIn(context as RequestContext), { id, format, language: lang }),
  }],
  uploads: [{
    // ?kind=ci|servers|ports&name=register.xlsx&customer=ID; answers { id } of the file, of which nothing is taken over yet.
    name: 'cmdb-register',
    take: async (context, { kind = 'ci', name = '', customer }, content) => ({
      id: await proposeRegister((context as RequestContext).database, signedIn(context as RequestContext), { kind, fileName: name, content: Buffer.from(content), customerId: customer || null }),
    }),
  }],
};

const listOf = (text: string | undefined): string[] | null => (text ? text.split(',') : null);
