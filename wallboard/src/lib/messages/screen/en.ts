import type { ScreenMessageKey } from './zh-CN.ts';

export const screenEnglish: Readonly<Record<ScreenMessageKey, string>> = {
  'pair.title': 'This screen is not paired yet',
  'pair.revoked': 'This screen has been revoked',
  'pair.how': 'An administrator opens {address}, chooses “Pair a screen” and enters the code above',
  'pair.ends': 'A new code comes every 10 minutes; this one in {time}',
  'wait.starting': 'Connecting…',
  'wait.away': 'The server cannot be reached; trying again',
  'wait.limited': 'Too many codes were asked for from this address; trying again in a minute',
  'turn.place': 'Board {index}/{count}',
  'turn.next': 'next in {seconds} s',
  'turn.paused': 'rotation paused',
  'turn.held': 'new alarm · rotation waits',
  'keys': 'F full screen · Space pause or go on · ← → other board · I reading test',
  'check.title': 'Each line must be readable from the farthest seat',
  'check.size': '{diagonal}″ screen · farthest seat {seat} m',
  'check.row': 'Title {minutes}′ Core switch does not answer',
  'check.secondary': 'Detail {minutes}′ Network · waiting for the vendor',
  'check.countdown': 'Countdown {minutes}′ 00:42:17',
};
