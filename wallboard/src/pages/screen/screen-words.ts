import { screenEnglish } from '../../lib/messages/screen/en.ts';
import { screenChinese, type ScreenMessageKey } from '../../lib/messages/screen/zh-CN.ts';
import { createTranslate, type Locale, type Translate } from '../../lib/messages/translator.ts';

const WORDS: Readonly<Record<Locale, Translate<ScreenMessageKey>>> = { 'zh-CN': createTranslate('zh-CN', screenChinese), 'en': createTranslate('en', screenEnglish) };

/** The texts of a screen; before it is bound it knows no language and shows both. */
export const screenWords = (locale: Locale): Translate<ScreenMessageKey> => WORDS[locale];
