import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { PushRequestSchema } from '@pewter/pyroscope/protocol';
import type { Play } from './play.ts';
import { bodyBytes, recordedProfile, type ScriptBody, type ScriptStep } from './scenario.ts';

/** Does what a step of a scenario says. */
export async function takeStep(play: Play, step: ScriptStep): Promise<void> {
  await steps[step.do](play, step);
}

const steps: Readonly<Record<ScriptStep['do'], (play: Play, step: ScriptStep) => Promise<void>>> = {
  async reload({ folder, places, running, scenario }, { config = '' }) {
    await writeFile(join(folder, 'config.alloy'), places.fill(scenario.config(config)));
    running.child.kill('SIGHUP');
  },
  async write({ folder, places }, { file = '', text = '' }) {
    await writeFile(join(folder, file), places.fill(text));
  },
  // What is shown in between is compared in the tests of the scrape loop.
  async snapshot() {},
  async request({ places, responses }, { name = '', method = 'GET', url = '', headers = {}, body }) {
    const answer = await fetch(places.fill(url), {
      method,
      headers,
      ...(body !== undefined && { body: new Uint8Array(requestBody(body, (text) => places.fill(text))) }),
    });
    responses[name] = answer.status;
    await answer.arrayBuffer();
  },
};

function requestBody(body: ScriptBody, fill: (text: string) => string): Uint8Array {
  if (body.push === undefined) return bodyBytes(body, fill);
  const series = body.push.map(({ labels, samples }) => ({
    labels: labels.map(([name, value]) => ({ name, value })),
    samples: samples.map(({ fixture, id = '' }) => ({
      rawProfile: new Uint8Array(recordedProfile(fixture)),
      ID: id,
    })),
  }));
  return toBinary(PushRequestSchema, create(PushRequestSchema, { series }));
}
