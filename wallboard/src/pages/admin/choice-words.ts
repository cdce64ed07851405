import { useDeskWords } from '../../app/desk-words.tsx';
import { adminChinese, type AdminMessageKey } from '../../lib/messages/admin/zh-CN.ts';
import { useAdminWords } from './admin-words.ts';

const known = (key: string): key is AdminMessageKey => key in adminChinese;

/** What a value is called that a policy's shape lets one choose from; a level is called as it is written. */
export function useChoiceWords(): (value: string) => string {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  return (value) => {
    const purpose = vocabulary.teamPurposes.find(({ key }) => key === value);
    if (purpose !== undefined) return locale === 'en' ? purpose.en : purpose.zh;
    const key = `choice.${value}`;
    return known(key) ? t(key) : value;
  };
}
