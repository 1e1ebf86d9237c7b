import { it } from 'vitest';
import { ModelWorld } from '../support/model-world.js';
it('try', async () => {
  const steps = JSON.parse(process.env['STEPS'] ?? '[]') as string[];
  const world = new ModelWorld();
  for (const one of steps) {
    await world.do(one);
    console.log(one, [...world.disk.files].map(({ name, content }) => `${name}:${content.length}`).join(' '));
    try {
      for (const row of world.desk.query("SELECT h.stream, h.byte_start, h.byte_end, h.time_basis, i.entities FROM hits h JOIN incidents i ON i.row = h.incident")) console.log('   ', row.join(' '));
      console.log('   ', JSON.stringify(world.desk.query('SELECT id, length, head_length, predecessor, path FROM streams')).replaceAll(world.desk.root, ''));
      console.log('   ', JSON.stringify(world.desk.query('SELECT stream, file_id, settled FROM watched')));
    } catch {}
  }
  console.log(await world.judge());
      console.log('   ', JSON.stringify(world.desk.query('SELECT id, length, head_length, predecessor, path FROM streams')).replaceAll(world.desk.root, ''));
  console.log([...world.desk.watch.files].map((e) => `${e.path.replace(world.desk.root, '')} ${e.tail?.stream} ${JSON.stringify(e.passedOver)}`).join('\n'));
  console.log(world.desk.warnings.join('\n').replaceAll(world.desk.root, ''));
  await world.remove();
});
