import { NETWORK_ARTICLES } from './demo-articles-network.ts';
import { PLATFORM_ARTICLES } from './demo-articles-platform.ts';
import { SERVER_ARTICLES } from './demo-articles-servers.ts';
import { WORKPLACE_ARTICLES } from './demo-articles-workplace.ts';
import type { DemoArticle } from './demo-article.ts';

/** The demo's knowledge: what a provider's desk meets, some in Chinese, some in English. */
export const DEMO_ARTICLES: readonly DemoArticle[] = [...WORKPLACE_ARTICLES, ...SERVER_ARTICLES, ...PLATFORM_ARTICLES, ...NETWORK_ARTICLES];
