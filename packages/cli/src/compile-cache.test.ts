import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheFolder } from './compile-cache.ts';

test('the cache is where programs of a user keep what they can make again', () => {
  assert.equal(cacheFolder({}, 'linux', '/home/a'), join('/home/a', '.cache'));
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/tmp/c' }, 'linux', '/home/a'), '/tmp/c');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '' }, 'linux', '/home/a'), join('/home/a', '.cache'));
  assert.equal(cacheFolder({}, 'darwin', '/Users/a'), join('/Users/a', 'Library', 'Caches'));
  assert.equal(cacheFolder({ LOCALAPPDATA: 'L' }, 'win32', 'C:'), 'L');
});
