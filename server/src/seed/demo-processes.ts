import { makeDemoReleases } from './demo-releases.ts';
import type { DemoStage } from './demo-stage.ts';

/** What follows from incidents and changes in the demo, made through the services; all of it is synthetic and says so. */
export async function makeDemoProcesses(stage: DemoStage): Promise<void> {
  await makeDemoReleases(stage);
}
