import { isLocale, type Locale } from './translator.ts';

const KEY = 'watchfloor.locale';

/** The language of this browser: `?lang=` for an unattended screen, else what was last chosen here, else Chinese. */
export function chosenLocale(search: string): Locale {
  const asked = new URLSearchParams(search).get('lang');
  if (isLocale(asked)) return asked;
  const kept = localStorage.getItem(KEY);
  return isLocale(kept) ? kept : 'zh-CN';
}

/** Whether somebody has chosen a language in this browser; if not, the person's own one counts. */
export function hasChosenLocale(search: string): boolean {
  return isLocale(new URLSearchParams(search).get('lang')) || isLocale(localStorage.getItem(KEY));
}

export function keepLocale(locale: Locale): void {
  localStorage.setItem(KEY, locale);
}
