import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useDeskWords, wordKey } from '../../app/desk-words.tsx';
import { CmdbNamesDocument } from '../../graphql/generated/desk/graphql.ts';
import { cmdbChinese, type CmdbMessageKey } from '../../lib/messages/cmdb/zh-CN.ts';
import { useCmdbWords } from './cmdb-words.ts';

/** Names of classes, attributes and relations: data of the register, so they come from the server. */
export interface CmdbNames {
  readonly kindOf: (key: string) => string;
  /** Read from the item asked about: "runs on", or the other way round "hosts". */
  readonly relationOf: (type: string, outgoing: boolean) => string;
  readonly attributeOf: (kind: string, key: string) => string;
  readonly lifeOf: (life: string) => string;
  readonly classes: readonly { readonly key: string; readonly label: string }[];
}

function isKey(key: string): key is CmdbMessageKey {
  return key in cmdbChinese;
}

export function useCmdbNames(): CmdbNames {
  const { locale } = useDeskWords();
  const t = useCmdbWords();
  const { data } = useQuery(CmdbNamesDocument);
  return useMemo(() => {
    const zh = locale === 'zh-CN';
    const classes = new Map((data?.ciClasses ?? []).map((one) => [one.key, one]));
    const types = new Map((data?.ciRelationTypes ?? []).map((one) => [one.key, one]));
    return {
      kindOf: (key) => (zh ? classes.get(key)?.nameZh : classes.get(key)?.name) ?? key,
      relationOf: (type, outgoing) => {
        const found = types.get(type);
        if (found === undefined) return type.replaceAll('_', ' ');
        if (outgoing) return zh ? found.nameZh : found.name;
        return zh ? found.reverseNameZh : found.reverseName;
      },
      attributeOf: (kind, key) => {
        const found = classes.get(kind)?.attributes.find((attribute) => attribute.key === key);
        return (zh ? found?.nameZh : found?.name) ?? key;
      },
      lifeOf: (life) => {
        const key = `life.${wordKey(life)}`;
        return isKey(key) ? t(key) : life;
      },
      classes: [...classes.values()].filter((one) => !one.abstract).map((one) => ({ key: one.key, label: zh ? one.nameZh : one.name })),
    };
  }, [data, locale, t]);
}
