import { useAreaWords } from '../../app/area-words.ts';
import { screensEnglish } from '../../lib/messages/screens/en.ts';
import { screensChinese, type ScreensMessageKey } from '../../lib/messages/screens/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useScreensWords(): Translate<ScreensMessageKey> {
  return useAreaWords({ chinese: screensChinese, english: screensEnglish });
}

/** Where a screen is opened. */
export const screenAddress = (): string => `${window.location.host}/screen`;
