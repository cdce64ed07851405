import { useAreaWords } from '../../app/area-words.ts';
import { intakeEnglish } from '../../lib/messages/intake/en.ts';
import { intakeChinese, type IntakeMessageKey } from '../../lib/messages/intake/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of the intake form, the call and templates. */
export function useIntakeWords(): Translate<IntakeMessageKey> {
  return useAreaWords({ chinese: intakeChinese, english: intakeEnglish });
}
